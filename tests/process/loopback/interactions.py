"""Interactions: what a person did, and what the bot has answered so far."""

import time
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from . import payloads
from .changes import Changes
from .components import check_modal
from .entities import Channel, Member, Message, MessageFlag, MessageType, User
from .errors import ApiError, Problems
from .messages import Draft, Messages
from .settings import Settings
from .tree import number
from .world import World

Json = dict[str, Any]


class Asked(IntEnum):
    """Kinds of interactions."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class Answer(IntEnum):
    """Kinds of callbacks."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


UPDATES = (Answer.DEFERRED_UPDATE, Answer.UPDATE)


@dataclass
class Modal:
    """A form that the bot opened for one person. It can be submitted at any later time, as often as wished."""

    custom_id: str
    title: str
    components: list[Json]
    opened_by: "Interaction"


@dataclass
class Response:
    """The bot's callback. `message` is the answer or the updated message; None while it is only promised."""

    type: Answer
    ephemeral: bool = False
    message: Message | None = None
    modal: Modal | None = None
    choices: list[Json] = field(default_factory=list)


@dataclass(eq=False)
class Interaction:
    """One act of a person. `source` is the message whose control was used; `refused` holds refused callbacks' codes.

    `acknowledged_after` is seconds from the act to the callback, None while there is none.
    """

    id: int
    token: str
    type: Asked
    person: User
    member: Member | None
    channel: Channel
    source: Message | None
    changes: Changes
    answer_type: MessageType = MessageType.DEFAULT
    sent_at: float = field(default_factory=time.monotonic)
    acknowledged_after: float | None = None
    response: Response | None = None
    followups: list[Message] = field(default_factory=list)
    settled: bool = False
    refused: list[int] = field(default_factory=list)

    @property
    def message(self) -> Message | None:
        """What the person sees as the answer: the response's message, else the first follow-up."""
        if self.response is not None and self.response.message is not None and self.response.type not in UPDATES:
            return self.response.message
        return next(iter(self.followups), self.response.message if self.response else None)

    @property
    def modal(self) -> Modal | None:
        """The form that was opened, if any."""
        return self.response.modal if self.response else None

    @property
    def ephemeral(self) -> bool:
        """Whether only the person sees the answer."""
        return self.message is not None and self.message.ephemeral

    async def acknowledged(self, timeout: float = 5.0) -> Response:  # noqa: ASYNC109 — its message names what was awaited
        """Wait for the callback, be it only a promise; raise TimeoutError when none comes."""
        await self.changes.wait_for(lambda: self.response, timeout, f"acknowledgement of {self!r}")
        if self.response is None:
            raise AssertionError("woken without a response")
        return self.response

    async def answered(self, timeout: float = 5.0) -> Response:  # noqa: ASYNC109 — its message names what was awaited
        """Wait for something to see: a message, a form, choices, an update; a mere promise does not count."""
        await self.changes.wait_for(lambda: self.settled, timeout, f"answer to {self!r}")
        return await self.acknowledged(timeout)

    def __repr__(self) -> str:
        late = f", refused {self.refused}" if self.refused else ""  # with 10062: after Discord's three seconds
        return f"<{self.type.name.lower()} by {self.person.name}, acknowledged after {self.acknowledged_after}{late}>"


class Interactions:
    """All interactions, and what the bot may do with their callbacks and tokens."""

    def __init__(self, world: World, messages: Messages, settings: Settings) -> None:
        self.world, self.messages, self.settings = world, messages, settings
        self.all: list[Interaction] = []

    def remember(self, interaction: Interaction) -> None:
        """Await the bot's callback to it from now on."""
        self.all.append(interaction)

    def respond(self, interaction_id: int, token: str, body: Json, draft: Draft) -> Interaction:
        """Take the bot's callback: 10062 when unknown or too late, 40060 when there was one before."""
        interaction = next((each for each in self.all if each.id == interaction_id and each.token == token), None)
        if interaction is None:
            raise ApiError(10062)
        waited = time.monotonic() - interaction.sent_at
        if interaction.response is not None:
            self._refuse(interaction, 40060)
        if waited > self.settings.ack_seconds:
            self._refuse(interaction, 10062)
        kind = _kind_of_answer(interaction, body)
        response = self._made(interaction, kind, draft)
        interaction.acknowledged_after, interaction.response = waited, response
        interaction.settled = kind not in (Answer.DEFERRED_MESSAGE, Answer.DEFERRED_UPDATE)
        self.world.changes.tell()
        return interaction

    def _refuse(self, interaction: Interaction, code: int) -> None:
        interaction.refused.append(code)
        self.world.changes.tell()
        raise ApiError(code)

    def _made(self, interaction: Interaction, kind: Answer, draft: Draft) -> Response:
        match kind:
            case Answer.MODAL:
                return Response(kind, modal=_modal(interaction, draft.body))
            case Answer.CHOICES:
                return Response(kind, choices=draft.body.get("choices") or [])
            case Answer.MESSAGE:
                message = self._shown(interaction, self.messages.written(interaction.channel, draft))
                return Response(kind, message.ephemeral, message)
            case Answer.DEFERRED_MESSAGE:
                message = self._shown(interaction, self._promise(interaction, draft))
                return Response(kind, message.ephemeral, message)
            case _:
                source = interaction.source
                if kind is Answer.UPDATE and source is not None:
                    self.messages.edit(source, draft)
                return Response(kind, source is not None and source.ephemeral, source)

    def _promise(self, interaction: Interaction, draft: Draft) -> Message:
        message = Message(self.world.ids.make(), interaction.channel, self.world.bot)
        message.flags = MessageFlag.LOADING | (draft.own_flags() & MessageFlag.EPHEMERAL)
        return message

    def _shown(self, interaction: Interaction, message: Message) -> Message:
        message.type, message.asked_by = interaction.answer_type, _metadata(interaction)
        if message.ephemeral:
            message.seen_by = interaction.person
        else:
            self.messages.post(message)
        return message

    def of_token(self, token: str) -> Interaction:
        """Return the answered interaction whose token it is; 10015 without one, 50027 when 15 minutes are over."""
        interaction = next((each for each in self.all if each.token == token), None)
        if interaction is None or interaction.response is None:
            raise ApiError(10015)
        if time.monotonic() - interaction.sent_at > self.settings.token_seconds:
            raise ApiError(50027)
        return interaction

    def follow_up(self, interaction: Interaction, draft: Draft) -> Message:
        """Post one more message; the first one after a promise fills the promise, and keeps its ephemeral flag."""
        original = interaction.response.message if interaction.response else None
        if original is not None and original.flags & MessageFlag.LOADING:
            return self.change(interaction, original, draft)
        message = self._shown(interaction, self.messages.written(interaction.channel, draft))
        interaction.followups.append(message)
        self._settle(interaction)
        return message

    def find(self, interaction: Interaction, which: str) -> Message:
        """Return `@original` or a follow-up by its id; 10008 when there is none."""
        original = interaction.response.message if interaction.response else None
        known = {str(each.id): each for each in interaction.followups}
        if original is not None:
            known |= {"@original": original, str(original.id): original}
        if which not in known or known[which].deleted:
            raise ApiError(10008)
        return known[which]

    def change(self, interaction: Interaction, message: Message, draft: Draft) -> Message:
        """Edit an answer; a promised one is shown with it."""
        self.messages.edit(message, draft)
        self._settle(interaction)
        return message

    def remove(self, interaction: Interaction, message: Message) -> None:
        """Delete an answer."""
        self.messages.delete(message)
        self._settle(interaction)

    def _settle(self, interaction: Interaction) -> None:
        interaction.settled = True
        self.world.changes.tell()


def callback_result(interaction: Interaction) -> Json:
    """Return what Discord answers to a callback that asked for a response."""
    response = interaction.response
    if response is None:
        raise AssertionError("only called after a callback")
    about: Json = {"id": str(interaction.id), "type": int(interaction.type)}
    resource: Json = {"type": int(response.type)}
    if response.message is not None:
        about["response_message_id"] = str(response.message.id)
        about["response_message_loading"] = response.type is Answer.DEFERRED_MESSAGE
        about["response_message_ephemeral"] = response.ephemeral
        resource["message"] = payloads.message(response.message)
    return {"interaction": about, "resource": resource}


def _kind_of_answer(interaction: Interaction, body: Json) -> Answer:
    problems = Problems()
    if interaction.type is Asked.AUTOCOMPLETE:
        allowed = {Answer.CHOICES}
    else:
        allowed = {Answer.MESSAGE, Answer.DEFERRED_MESSAGE}
        if interaction.source is not None:
            allowed |= set(UPDATES)
        if interaction.type is not Asked.MODAL_SUBMIT:
            allowed.add(Answer.MODAL)
    problems.one_of(("type",), body.get("type"), sorted(allowed))
    problems.refuse_if_any()
    return Answer(body["type"])


def _modal(interaction: Interaction, data: Json) -> Modal:
    problems = Problems()
    check_modal(data, problems)
    problems.refuse_if_any()
    number(data["components"])
    return Modal(data["custom_id"], data["title"], data["components"], interaction)


def _metadata(interaction: Interaction) -> Json:
    return {
        "id": str(interaction.id),
        "type": int(interaction.type),
        "user": payloads.user(interaction.person),
        "authorizing_integration_owners": owners(interaction.channel),
    }


def owners(channel: Channel) -> Json:
    """Return who installed the bot there: the server, or in a DM nobody in particular."""
    return {"0": str(channel.guild.id) if channel.guild else "0"}
