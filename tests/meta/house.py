"""What tests over the whole bot share: its files, its settled client, and everything that it draws."""

import ast
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import discord

from bot.client import Goen
from bot.kernel.i18n import Locale, Texts
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.forms import FormPlan, Options

ROOT = Path(__file__).parents[2]
FEATURES = sorted(path.name for path in (ROOT / "bot" / "features").iterdir() if (path / "__init__.py").exists())


@cache
def files() -> tuple[Path, ...]:
    """Return the files of the repository, those not yet committed included, those ignored not.

    Where git does not know the folder, an unpacked archive for one, they are all files but those of tools.
    """
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        tops = [path for path in ROOT.iterdir() if not path.name.startswith(".") and path.name != "data"]
        return tuple(path for top in tops for path in (top, *top.rglob("*")) if path.is_file() and _is_source(path))
    return tuple(ROOT / name for name in listed if name and (ROOT / name).is_file())


def _is_source(path: Path) -> bool:
    return "__pycache__" not in path.parts and ".egg-info" not in str(path)


def sources(*folders: str) -> list[Path]:
    """Return the Python files below ``folders`` of the repository."""
    return [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Drawn:
    """One thing that a member may see: where it comes from, and its components as they go to Discord."""

    name: str
    locale: Locale
    components: list[dict[str, Any]]
    title: str = ""

    def everything(self) -> Iterator[dict[str, Any]]:
        """Yield all components, from the outermost to the innermost."""
        yield from _inside(self.components)


def _inside(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _inside(component.get("components", []))
        yield from _inside([component[name] for name in ("accessory", "component") if name in component])


def drawn_card(name: str, locale: Locale, card: discord.ui.LayoutView) -> Drawn:
    components: list[dict[str, Any]] = cast("Any", card).to_components()  # untyped in the library
    return Drawn(name, locale, components)


def drawn_form(
    plan: FormPlan, texts: Texts, locale: Locale, custom_id: CustomId, options: Mapping[str, Options]
) -> Drawn:
    sent = plan.build(texts, locale, custom_id, {}, options, {}).to_dict()
    return Drawn(f"form {plan.feature}.{plan.action}", locale, sent["components"], sent["title"])


async def fasten(client: Goen) -> Router:
    """Fasten the whole face, as the client does when it starts; return the router."""
    await client.fasten_face()
    return Router.of(cast("Any", client))
