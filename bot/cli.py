"""The command line: parse, call, exit code. Nothing else."""

import asyncio
import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

from bot.app import create_bot
from bot.check import check_installation, verify_ledger
from bot.client import invitation, run_until_stopped
from bot.kernel import logs
from bot.kernel.clock import SystemClock
from bot.kernel.errors import HostError
from bot.kernel.i18n import LOCALES, Locale, Texts
from bot.settings import Settings, host_locale
from bot.storage.database import Database

if TYPE_CHECKING:
    import typer

_INTERRUPTED = 130  # the exit code by which a shell knows Ctrl-C


class _Words:
    """The catalogue, in the host's language."""

    @functools.cached_property
    def _texts(self) -> Texts:
        return Texts()  # read when there is something to say, which the running bot hardly has

    def __call__(self, key: str, **values: object) -> str:
        return self._texts(host_locale(), key, **values)


def main() -> None:
    """Run the command line; exit code 1 and one sentence for whatever the host has to mend."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a text stream; a plain locale lacks our words
    words = _Words()
    try:
        if sys.argv[1:] == ["run"]:
            # Told apart without typer: with the pydantic that it loads, it would stay in the running bot's memory.
            _run(Settings())
        else:
            _application(words)()
    except HostError as error:
        _give_up(words(error.key, **error.values))
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


def _give_up(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(1)


def _application(words: _Words) -> "typer.Typer":
    import typer

    spoken = host_locale()
    application = typer.Typer(
        help=words("cli.help"),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    _add_running(application, words, spoken)
    _add_looking(application, words)
    return application


def _add_running(application: "typer.Typer", words: _Words, spoken: Locale) -> None:
    import typer

    port = Annotated[int, typer.Option(help=words("cli.demo_port"), min=0, max=65535)]
    language = Annotated[str, typer.Option(help=words("cli.demo_language"))]
    browser = Annotated[bool, typer.Option("--browser/--no-browser", help=words("cli.demo_browser"))]

    @application.command(help=words("cli.run"))
    def run() -> None:
        _run(Settings())

    @application.command(help=words("cli.demo"))
    def demo(port: port = 8000, language: language = spoken, browser: browser = True) -> None:  # noqa: FBT002 - typer makes it --browser/--no-browser
        _demo(port, _locale(language, words), browser)


def _add_looking(application: "typer.Typer", words: _Words) -> None:
    @application.command(help=words("cli.check"))
    def check() -> None:
        findings = check_installation(Settings())
        for finding in findings:
            print(f"{'✓' if finding.good else '✗'} {words(finding.key, **finding.values)}")
        sys.exit(0 if all(finding.good for finding in findings) else 1)

    @application.command(help=words("cli.invite"))
    def invite() -> None:
        print(invitation(_token(Settings())))

    @application.command(help=words("cli.migrate"))
    def migrate() -> None:
        database = Database(Settings().database_path, SystemClock())
        backup = asyncio.run(_open_and_close(database))
        print(words("cli.migrated", path=database.path))
        if backup is not None:
            print(words("cli.backup", path=backup))

    @application.command("verify", help=words("cli.verify"))
    def verify_() -> None:
        _verify(Settings(), words)


def _verify(settings: Settings, words: _Words) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns, console = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()), Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        came_out = verify_ledger(settings, lambda seen, total: bar.update(task, completed=seen, total=max(seen, total)))
    for fault in came_out.faults:
        print(words(fault.key, server=fault.server_id, number=fault.sequence, name=fault.name))
    if came_out.faults:
        _give_up(words("verify.faulty", entries=came_out.entries, servers=came_out.servers))
    print(words("verify.whole", entries=came_out.entries, servers=came_out.servers))


def _run(settings: Settings) -> None:
    token = _token(settings)
    logs.configure(settings.log_format, secrets=(token, settings.secret_key.reveal()))
    asyncio.run(_serve(settings, token))


def _locale(language: str, words: _Words) -> Locale:
    if language not in LOCALES:
        _give_up(words("cli.unknown_language", language=language))
    return language


def _demo(port: int, language: Locale, browser: bool) -> None:  # noqa: FBT001 - handed on from typer
    try:
        from bot.demo import serve
    except ModuleNotFoundError as error:
        raise HostError("host.no_demo", module=error.name) from error

    serve(port=port, language=language, open_browser=browser)


async def _serve(settings: Settings, token: str) -> None:
    await run_until_stopped(create_bot(settings), token)


def _token(settings: Settings) -> str:
    if not settings.discord_token:
        raise HostError("host.no_token")
    return settings.discord_token.reveal()


async def _open_and_close(database: Database) -> Path | None:
    backup = await database.open()
    await database.close()
    return backup
