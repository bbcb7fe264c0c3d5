"""Option and menu names, descriptions and choices in Japanese; slash command names stay English."""

from discord import Locale as DiscordLocale
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location
from discord.app_commands import locale_str

from bot.kernel.i18n import Texts

_ENGLISH_NAMES = {Location.command_name, Location.group_name}


class CatalogueTranslator(app_commands.Translator):
    """Looks commands' texts up in the catalogue, by the key that they carry."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts

    async def translate(
        self,
        string: locale_str,
        locale: DiscordLocale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return the Japanese text of ``string``, or None where English stands."""
        key = string.extras.get("key")
        is_menu = isinstance(context.data, app_commands.ContextMenu)  # chosen, and not typed like a command
        is_english = context.location in _ENGLISH_NAMES and not is_menu
        if key is None or locale is not DiscordLocale.japanese or is_english:
            return None
        return self._texts("ja", key)


class Wording:
    """Makes the texts of commands: English as Discord's default, and the key for the translator."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __call__(self, key: str) -> locale_str:
        """Return the text ``key`` for use in a command's declaration."""
        return locale_str(self._texts("en", key), key=key)
