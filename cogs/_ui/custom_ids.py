"""The names of controls and forms, as they stand in messages for years.

A control is ``v1:<feature>:<action>:<id>``, a form ``v1:<feature>:form-<action>:<id>:<revision>``.
"""

import re
from dataclasses import dataclass, replace

LIMIT = 100  # characters, Discord's bound
_HIGHEST = 2**63 - 1  # what the database takes for an id; no id of ours is higher
_CONTROL = re.compile(r"v1:([a-z_]+):([a-z_]+):([0-9]{1,19})")
_FORM = re.compile(r"v1:([a-z_]+):form-([a-z_]+):([0-9]{1,19}):([0-9]{1,19})")


@dataclass(frozen=True, slots=True)
class CustomId:
    """What a control or form is for. ``revision`` is None for a control."""

    feature: str
    action: str
    object_id: int
    revision: int | None = None

    def __str__(self) -> str:
        if self.revision is None:
            return f"v1:{self.feature}:{self.action}:{self.object_id}"
        return f"v1:{self.feature}:form-{self.action}:{self.object_id}:{self.revision}"

    @classmethod
    def decode(cls, text: str) -> "CustomId | None":
        """Return what ``text`` names, or None when it is no custom id of ours."""
        if control := _CONTROL.fullmatch(text):
            decoded = cls(control[1], control[2], int(control[3]))
        elif form := _FORM.fullmatch(text):
            decoded = cls(form[1], form[2], int(form[3]), int(form[4]))
        else:
            return None
        return decoded if max(decoded.object_id, decoded.revision or 0) <= _HIGHEST else None

    def again(self, revision: int) -> "CustomId":
        """Return the same form under another revision, so that a phone does not show what it remembers."""
        return replace(self, revision=revision)
