"""How asks look: the public cards and threads, and the private replies about one's own."""

from collections.abc import Sequence

import discord

from bot.features.peer_help.model import Ask, HandPost, Outlook, State
from bot.features.peer_help.posts import Came, Relayed
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import WARM, Card, link_button, moment, plain_title, said, said_in_a_line, shortened
from cogs._ui.controls import Drawer, button
from cogs._ui.custom_ids import CustomId
from cogs._ui.topics import topic_label
from cogs.peer_help.forms import FEATURE

THREAD_NAME_LIMIT = 100
_LABEL_LIMIT = 100  # characters of an option in a menu
_PRIMARY = discord.ButtonStyle.primary
_SECONDARY = discord.ButtonStyle.secondary
_DANGER = discord.ButtonStyle.danger


class Render(Drawer):
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, FEATURE)

    def card(self, ask: Ask, locale: Locale, mark: int) -> Card:
        """Return the public card, as it is to look now; once it has ended, without buttons."""
        card = Card(mark, WARM)
        if ask.state is State.WITHDRAWN:
            return card.text(self._texts(locale, "peer_help.card_withdrawn"))
        self._body(card, ask, locale, shows_turn=False)  # it changes with each word, and the card does not
        if not ask.state.is_open:
            return card
        return card.row(
            self._button(locale, "here", ask.ask_id, _PRIMARY, emoji="🙋"),
            self._button(locale, "me_too", ask.ask_id, emoji="🤝"),
            self._button(locale, "manage", ask.ask_id),
        )

    def thread(self, ask: Ask, locale: Locale) -> str:
        """Return the name of an ask's thread: its title, never how it stands."""
        if ask.state is State.WITHDRAWN:
            return self._texts(locale, "peer_help.thread_withdrawn")
        return plain_title(ask.title, THREAD_NAME_LIMIT)

    def came(self, came: Came, locale: Locale, mark: int) -> Card:
        """Return what is said in the thread when somebody can answer."""
        wants = came.ask.wants
        return Card(mark).text(self._texts(locale, f"peer_help.came_{wants}", helper=f"<@{came.helper.member_id}>"))

    def relayed(self, relayed: Relayed, locale: Locale, mark: int) -> Card:
        """Return what an asker has posted in their thread by the bot; nothing of it once they took it back."""
        words = said(relayed.reply.words)
        if not words:
            return Card(mark).text(self._texts(locale, "peer_help.reply_withdrawn"))
        key = "peer_help.after_said" if relayed.reply.is_after else "peer_help.reply_said"
        card = Card(mark, WARM).text(self._texts(locale, key, name=self._asker(relayed.ask)))
        return card.text(words)

    def call(self, ask: Ask, locale: Locale, mark: int) -> Card:
        """Return the call to all helpers, in their channel; over once somebody answers, or it has ended."""
        if ask.state is not State.WAITING:
            key = "peer_help.call_over" if ask.state is State.TALKING else "peer_help.call_ended"
            card = Card(mark).text(self._texts(locale, key))
            return card.text(f"-# {said_in_a_line(ask.title)}" if ask.title else "")
        card = Card(mark, WARM).text(self._texts(locale, "peer_help.call"))
        card.text(f"**{said_in_a_line(ask.title)}**\n-# {self._about(ask, locale)}")
        ways = [self._button(locale, "here", ask.ask_id, _PRIMARY, emoji="🙋")]
        return card.row(*ways, *self._way_to(ask, locale))

    def offer(self, post: HandPost, locale: Locale, mark: int) -> Card:
        """Return the offer in a thread that was opened by hand."""
        card = Card(mark).text(self._texts(locale, "peer_help.offer", name=f"<@{post.member_id}>"))
        return card.row(self._button(locale, "let_helpers_know", post.post_id, _PRIMARY))

    def asked(self, ask: Ask, outlook: Outlook, locale: Locale, *, asks_consent: bool) -> Card:
        """Return the truth to somebody who has asked: that it was received, who is asked when, how long it takes."""
        card = Card(colour=WARM).text(self._texts(locale, "peer_help.asked"))
        if ask.is_anonymous:
            card.text(self._texts(locale, "peer_help.asked_anonymously", name=said_in_a_line(ask.pseudonym)))
        card.text(self._outlook(ask, outlook, locale))
        if asks_consent:
            consent = CustomId("members", "consent_answers", ask.server_id)
            label = self._texts(locale, "peer_help.consent_button")
            card.section(self._texts(locale, "peer_help.consent_asked"), button(label, consent))
        return self._managed(card, ask, locale)

    def preview(self, ask: Ask, locale: Locale) -> Card:
        """Return an anonymous ask for a last look, with what to look for."""
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, "peer_help.preview", name=said_in_a_line(ask.pseudonym)))
        card.divider()
        self._body(card, ask, locale)
        card.divider().text(texts(locale, "peer_help.preview_look")).text(
            f"-# {texts(locale, 'peer_help.preview_who')}"
        )
        return card.row(
            self._button(locale, "post_now", ask.ask_id, _PRIMARY),
            self._button(locale, "edit", ask.ask_id),
            self._button(locale, "leave", ask.ask_id),
        )

    def mine(self, ask: Ask, locale: Locale, news: str = "", *, can_thank: bool = False) -> Card:
        """Return one's own ask with all that one can do to it, below the sentence ``news``."""
        if ask.state is State.PREVIEW:
            return self.preview(ask, locale)
        card = Card(colour=WARM).text(self._texts(locale, news) if news else "")
        self._body(card, ask, locale)
        return self._managed(card, ask, locale, can_thank=can_thank)

    def list_mine(self, server_id: int, asks: Sequence[Ask], locale: Locale) -> Card:
        """Return one's own asks, and the menu that opens one."""
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, "peer_help.mine_title"))
        if not asks:
            card.text(texts(locale, "peer_help.mine_none"))
        else:
            options = [
                discord.SelectOption(
                    label=shortened(ask.title, _LABEL_LIMIT),
                    value=str(ask.ask_id),
                    description=shortened(self._state(ask, locale), _LABEL_LIMIT),
                )
                for ask in asks
            ]
            menu: discord.ui.Select[Card] = discord.ui.Select(
                custom_id=str(CustomId(FEATURE, "mine_one", server_id)),
                options=options,
                placeholder=texts(locale, "peer_help.mine_choose"),
            )
            card.row(menu)
        return card.row(
            self._button(locale, "new", server_id, _PRIMARY, emoji="💬"), self._button(locale, "open", server_id)
        )

    def withdrawal(self, ask: Ask, locale: Locale) -> Card:
        """Return the question whether to take an ask back."""
        key = "peer_help.withdraw_asked_by_hand" if ask.is_by_hand else "peer_help.withdraw_asked"
        card = Card().text(self._texts(locale, key))
        return card.row(self._button(locale, "withdraw_confirm", ask.ask_id, _DANGER))

    def here(self, ask: Ask, locale: Locale, *, is_new: bool) -> Card:
        """Return what somebody is told who can answer, with the ways on and back."""
        key = f"peer_help.you_are_here_{ask.wants}" if is_new else "peer_help.here_already"
        card = Card().text(self._texts(locale, key))
        return card.row(*self._way_to(ask, locale), self._button(locale, "step_back", ask.ask_id))

    def told(self, locale: Locale, key: str, ask: Ask | None = None) -> Card:
        """Return the sentence ``key``, with the way to an ask's thread."""
        card = Card().text(self._texts(locale, key))
        return card if ask is None else card.row(*self._way_to(ask, locale))

    def _body(self, card: Card, ask: Ask, locale: Locale, *, shows_turn: bool = True) -> None:
        card.text(f"### {said_in_a_line(ask.title)}\n-# {self._about(ask, locale)}")
        card.text(said(ask.details))
        if ask.is_findable and ask.helped:
            card.text(f"{self._texts(locale, 'peer_help.helped_is')}\n{said(ask.helped)}")
        lines = [self._state(ask, locale, shows_turn=shows_turn)]
        lines += [self._texts.plural(locale, "peer_help.me_too_count", ask.me_too)] if ask.me_too else []
        card.text("\n".join(f"-# {line}" for line in lines))

    def _managed(self, card: Card, ask: Ask, locale: Locale, *, can_thank: bool = False) -> Card:
        """Add all that an asker can do to their own ask, as it stands."""
        actions: list[tuple[str, discord.ButtonStyle]] = []
        if ask.state.is_open:
            resolve_style = _PRIMARY if ask.state is State.TALKING else _SECONDARY
            actions = [("resolve", resolve_style), ("still_waiting", _SECONDARY), ("edit", _SECONDARY)]
            actions[1:1] = [("reply", _SECONDARY)] if ask.is_anonymous else []
        elif ask.state.has_ended:
            actions = [] if ask.is_stopped else [("reopen", _PRIMARY)]
            actions += [("after", _SECONDARY)] if ask.state is State.RESOLVED else []
        if can_thank and not ask.state.is_open:
            actions.append(("thank", _SECONDARY))
        actions.append(("withdraw", _DANGER))
        card.divider().row(*(self._button(locale, action, ask.ask_id, style) for action, style in actions))
        return card.row(*self._way_to(ask, locale))

    def _outlook(self, ask: Ask, outlook: Outlook, locale: Locale) -> str:
        texts = self._texts
        if not outlook.has_helpers:
            asked = texts(locale, "peer_help.asked_nobody")
        elif outlook.asked_from is None:
            asked = texts(locale, "peer_help.asked_once_posted" if ask.is_anonymous else "peer_help.asked_now")
        else:
            asked = texts(locale, "peer_help.asked_from", when=moment(outlook.asked_from))
        if outlook.usual is None:
            return f"{asked}\n{texts(locale, 'peer_help.usual_unknown')}"
        return f"{asked}\n{texts(locale, 'peer_help.usual', span=texts.duration(locale, outlook.usual))}"

    def _about(self, ask: Ask, locale: Locale) -> str:
        topic = said_in_a_line(topic_label(self._texts, locale, ask.topic))
        wants = self._texts(locale, f"peer_help.wants_{ask.wants}")
        return f"{self._asker(ask)}　{topic}　{wants}"

    def _asker(self, ask: Ask) -> str:
        if ask.is_anonymous:
            return said_in_a_line(ask.pseudonym)
        return f"<@{ask.shown_asker_id}>" if ask.shown_asker_id is not None else ""

    def _state(self, ask: Ask, locale: Locale, *, shows_turn: bool = True) -> str:
        if ask.state is State.TALKING and shows_turn:
            return self._texts(locale, f"peer_help.state_talking_{ask.turn}")
        if ask.state is State.CLOSED:
            return self._texts(locale, f"peer_help.state_closed_{ask.ending}")
        return self._texts(locale, f"peer_help.state_{ask.state}")

    def _way_to(self, ask: Ask, locale: Locale) -> list[discord.ui.Button[Card]]:
        return [link_button(self._texts(locale, "peer_help.to_thread"), ask.url)] if ask.url else []
