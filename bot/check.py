"""What a host asks about an installation without starting it: is all there, and does it fit together."""

from dataclasses import dataclass, field

from bot.kernel.errors import HostError
from bot.settings import Settings
from bot.storage.inspection import Inspection, inspect
from bot.storage.installation import fingerprint, key_path, read_host_key
from bot.storage.schema import is_pending
from bot.storage.verification import Progress, Verification, verify


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a check: the sentence's key, what fills it, and whether all is well."""

    good: bool
    key: str
    values: dict[str, object] = field(default_factory=dict)


def check_installation(settings: Settings) -> list[Finding]:
    """Return what is there and what is missing, from token to parked effects."""
    token = (
        Finding(good=True, key="check.token") if settings.discord_token else Finding(good=False, key="host.no_token")
    )
    path = settings.database_path
    try:
        found = inspect(path)
        if found.revision is None:
            return [token, *_fresh(settings)]
        pending = is_pending(path)
    except HostError as error:
        return [token, _fault(error)]
    schema = "check.schema_pending" if pending else "check.schema"
    return [token, Finding(good=True, key=schema, values={"path": path}), _key(settings, found), *_parked(found)]


def verify_ledger(settings: Settings, progress: Progress) -> Verification:
    """Return whether the ledger is as the bot wrote it.

    Args:
        settings: where it is, and the host key.
        progress: told how many entries were looked at, and how many there should be, every now and then.

    Raises:
        HostError: there is no ledger that can be read, or not the key that it was made with.
    """
    path = settings.database_path
    found = inspect(path)
    if found.revision is None:
        return Verification(0, 0, ())
    if is_pending(path):
        raise HostError("host.schema_pending", path=path)
    finding = _key(settings, found)
    if not finding.good:
        raise HostError(finding.key, **finding.values)
    return verify(path, settings.secret_key.reveal().encode() or read_host_key(path) or b"", progress)


def _fault(error: HostError) -> Finding:
    return Finding(good=False, key=error.key, values=error.values)


def _fresh(settings: Settings) -> list[Finding]:
    database = Finding(good=True, key="check.database_coming", values={"path": settings.database_path})
    key = key_path(settings.database_path)
    if key.exists():
        return [database, Finding(good=False, key="check.key_without_database", values={"path": key})]
    return [database, Finding(good=True, key="check.key_given" if settings.secret_key else "check.key_coming")]


def _key(settings: Settings, found: Inspection) -> Finding:
    path = settings.database_path
    try:
        key = settings.secret_key.reveal().encode() or read_host_key(path)
    except HostError as error:
        return _fault(error)
    values: dict[str, object] = {"path": key_path(path)}
    if key is None:
        is_new = found.fingerprint is None
        return Finding(is_new, "check.key_coming" if is_new else "host.key_missing", values)
    fits = found.fingerprint in {None, fingerprint(key)}
    return Finding(fits, "check.key" if fits else "host.key_wrong", values)


def _parked(found: Inspection) -> list[Finding]:
    return [Finding(good=False, key="check.parked", values={"count": found.parked})] if found.parked else []
