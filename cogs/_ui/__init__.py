"""What all faces share: the boundary, the router, forms, cards, words of commands."""

from cogs._ui.controls import Router
from cogs._ui.host import Host
from cogs._ui.translator import CatalogueTranslator


async def setup(host: Host) -> None:
    """Fasten the router, through which every press, form and command error goes."""
    router = Router(host)
    await host.tree.set_translator(CatalogueTranslator(host.texts))
    host.tree.error(router.on_command_error)
    await host.add_cog(router)
