"""The names of controls and forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs._ui.custom_ids import LIMIT, CustomId

NAMES = st.from_regex(r"[a-z_]{1,20}", fullmatch=True)
IDS = st.integers(0, 2**63 - 1)


@given(NAMES, NAMES, IDS, st.none() | IDS)
def test_a_name_is_read_as_it_was_written_and_fits(
    feature: str, action: str, object_id: int, revision: int | None
) -> None:
    custom_id = CustomId(feature, action, object_id, revision)
    assert CustomId.decode(str(custom_id)) == custom_id
    assert len(str(custom_id)) <= LIMIT


@given(st.text())
def test_whatever_a_client_sends_is_ours_or_nothing(text: str) -> None:
    decoded = CustomId.decode(text)
    assert decoded is None or decoded.object_id >= 0


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "None",
        "v1:introductions:hello",
        "v1:introductions:hello:",
        "v1:introductions:hello:-1",
        "v1:introductions:hello:1:2",
        "v1:introductions:form-write:1",
        "v1:introductions:form-write:1:2:3",
        "v2:introductions:hello:1",
        "v1:introductions:hello:1\n",
        " v1:introductions:hello:1",
        "v1:introductions:hello:１",
        "v1:introductions:hello:9223372036854775808",
        "v1:introductions:form-write:1:9223372036854775808",
        "v1:introductions:hello:99999999999999999999999999",
        "v1:Introductions:hello:1",
        "v1:introductions:hello;drop:1",
    ],
)
def test_a_forged_name_is_none_of_ours(forged: str) -> None:
    assert CustomId.decode(forged) is None


def test_a_form_under_another_revision_is_the_same_form() -> None:
    form = CustomId("introductions", "write", 7, 1)
    assert form.again(9) == CustomId("introductions", "write", 7, 9)
    assert str(form.again(9)) != str(form)
