"""What topics are called: a shipped one by the catalogue, a server's own by its name."""

from bot.kernel.i18n import Locale, Texts


def topic_label(texts: Texts, locale: Locale, topic: str) -> str:
    """Return what ``topic`` is called in ``locale``: plain text for a menu; a card escapes it like a member's."""
    key = f"topic.{topic}"
    return texts(locale, key) if texts.has(locale, key) else topic
