"""How thanks look: the public post, and what members are told privately."""

import discord

from bot.features.reputation.model import TAKE_BACK, Openness, Standing, StandingPage, Thanks
from bot.features.reputation.posts import PublicThanks
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import WARM, Card, moment, said_in_a_line
from cogs._ui.controls import Drawer, button
from cogs._ui.custom_ids import CustomId
from cogs._ui.paging import page_menu
from cogs.reputation.forms import FEATURE

OPENNESS = ("posts_thanks", "shows_word", "wears_role")  # as the model calls what others can see
PICTURE = "ties.png"
_PRIMARY, _SECONDARY = discord.ButtonStyle.primary, discord.ButtonStyle.secondary


class Render(Drawer):
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, FEATURE)

    def post(self, public: PublicThanks, locale: Locale, mark: int) -> Card:
        """Return a thanks as the channel shows it; what is public no more names nobody."""
        thanks, card = public.thanks, Card(mark, WARM)
        if not public.is_shown:
            return card.text(self._texts(locale, "reputation.post_hidden"))
        who = {"giver": f"<@{thanks.giver_id}>", "receiver": f"<@{thanks.receiver_id}>"}
        card.text(self._texts(locale, "reputation.post", **who)).text(f"> {said_in_a_line(thanks.reason)}")
        return card.row(self._button(locale, "thank", thanks.server_id, emoji="🙏"))

    def recorded(self, thanks: Thanks, locale: Locale, *, can_be_public: bool | None = None) -> Card:
        """Return that a thanks is recorded, and the way to take it back for a while.

        ``can_be_public`` is None where its giver did not wish it to be public.
        """
        texts, name = self._texts, f"<@{thanks.receiver_id}>"
        card = Card().text(texts(locale, "reputation.recorded", name=name))
        if can_be_public is not None:
            card.text(texts(locale, f"reputation.recorded_{'public' if can_be_public else 'no_channel'}"))
        until = moment(thanks.given_at + TAKE_BACK, "t")
        card.text(f"-# {texts(locale, 'reputation.can_take_back', when=until)}")
        return card.row(self._button(locale, "take_back", thanks.sequence))

    def told(self, locale: Locale, key: str) -> Card:
        """Return the sentence ``key``."""
        return Card().text(self._texts(locale, key))

    def decided(self, notice_id: int, locale: Locale, *, is_public: bool) -> Card:
        """Return whether a thanks is public now, and the way back."""
        card = Card().text(self._texts(locale, "reputation.agreed" if is_public else "reputation.hidden"))
        return card.row(self._button(locale, "hide" if is_public else "agree", notice_id))

    def standing(self, page: StandingPage, locale: Locale, *, alt: str = "") -> Card:
        """Return the facts about a member's thanks; with ``alt`` also the picture, of which it says the same."""
        texts, facts = self._texts, page.facts
        card = Card(colour=WARM).text(texts(locale, "reputation.standing_title"))
        card.text("\n".join(self._facts(page, locale)))
        if alt:
            card.picture(PICTURE, alt)
        for thanks in page.shown:
            who = thanks.giver_pseudonym or texts(locale, "reputation.somebody")
            who = f"<@{thanks.giver_id}>" if thanks.giver_id else said_in_a_line(who)
            reason = f"\n> {said_in_a_line(thanks.reason)}" if thanks.reason else ""
            card.text(f"**{who}**　{moment(thanks.given_at, 'd')}{reason}")
        if page.pages > 1:
            card.row(
                page_menu(texts, locale, CustomId(FEATURE, "standing_page", page.server_id), page.number, page.pages)
            )
        ways = [self._button(locale, "thank", page.server_id, _PRIMARY, emoji="🙏")]
        if facts.received:
            ways.append(self._button(locale, "more", page.server_id))
        return card.divider().row(*ways, self._button(locale, "openness", page.server_id))

    def more(self, standing: Standing, server_id: int, locale: Locale) -> Card:
        """Return how many separate chains lead to a member, and what that comes to."""
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, "reputation.more_title"))
        card.text(texts.plural(locale, "reputation.chains", standing.chains))
        if standing.last_givers:
            names = texts.listing(locale, [f"<@{each}>" for each in standing.last_givers])
            card.text(texts(locale, "reputation.last_givers", names=names))
        if standing.word is not None:
            word = texts(locale, f"reputation.word_{standing.word}")
            card.text(texts(locale, "reputation.your_word", word=word))
        card.text(f"-# {texts(locale, 'reputation.more_help')}")
        return card.row(self._button(locale, "openness", server_id))

    def openness(self, server_id: int, chosen: Openness, locale: Locale, news: str = "") -> Card:
        """Return what a member lets others see, and the ways to change it."""
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, "reputation.openness_title"))
        card.text(texts(locale, news) if news else "")
        for what in OPENNESS:
            is_on = getattr(chosen, what)
            state = texts(locale, "reputation.is_on" if is_on else "reputation.is_off")
            label = texts(locale, "reputation.turn_off" if is_on else "reputation.turn_on")
            custom_id = CustomId(FEATURE, f"{what}_{'off' if is_on else 'on'}", server_id)
            style = _SECONDARY if is_on else _PRIMARY
            card.section(f"**{texts(locale, f'reputation.{what}')}**　{state}", button(label, custom_id, style))
        return card.text(f"-# {texts(locale, 'reputation.openness_help')}")

    def _facts(self, page: StandingPage, locale: Locale) -> list[str]:
        texts, facts = self._texts, page.facts
        if not facts.received and not facts.given:
            return [texts(locale, "reputation.nothing_yet")]
        lines = []
        if facts.received:
            people = texts.plural(locale, "reputation.from_people", facts.received_from)
            times = texts.plural(locale, "reputation.times", facts.received)
            lines.append(texts(locale, "reputation.received", people=people, times=times))
        if facts.given:
            people = texts.plural(locale, "reputation.to_people", facts.given_to)
            times = texts.plural(locale, "reputation.times", facts.given)
            lines.append(texts(locale, "reputation.given", people=people, times=times))
        return lines
