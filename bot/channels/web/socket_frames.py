"""The frames of the WebSocket, JSON objects told apart by `type`."""

from typing import Annotated, Literal

import msgspec

from bot.conversations.states import State
from bot.conversations.transcript import ShownMessage
from bot.http.problems import FieldError, ProblemDetails


class Auth(msgspec.Struct, frozen=True, tag="auth"):
    """The client's first frame; the token stands in no address."""

    token: str


class Send(msgspec.Struct, frozen=True, tag="message"):
    """A traveller's message, as `POST …/messages` takes it."""

    text: str
    client_message_id: str


class SendTyping(msgspec.Struct, frozen=True, tag="typing"):
    """The traveller began or stopped writing."""

    on: bool


class SendRead(msgspec.Struct, frozen=True, tag="read"):
    """The traveller has seen the messages up to `seq`."""

    seq: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class Ping(msgspec.Struct, frozen=True, tag="ping"):
    """Is anybody there."""


class Ready(msgspec.Struct, frozen=True, tag="ready", omit_defaults=True):
    """The token opened the conversation, which stands at `seq`; what came after the client's `after` follows.

    Staff have read up to `staff_read_seq`.
    """

    seq: int
    state: State
    staff_read_seq: int = 0


class Message(msgspec.Struct, frozen=True, tag="message"):
    """One message, in order and without a gap."""

    message: ShownMessage


class Typing(msgspec.Struct, frozen=True, tag="typing"):
    """Somebody began or stopped writing."""

    sender: Literal["bot", "staff"]
    on: bool


class Read(msgspec.Struct, frozen=True, tag="read"):
    """Staff have seen the messages up to `seq`."""

    by: Literal["staff", "traveller"]
    seq: int


class StateChanged(msgspec.Struct, frozen=True, tag="state"):
    """Somebody else has the conversation now, or it ended."""

    state: State


class Delivered(msgspec.Struct, frozen=True, tag="delivered"):
    """A message is stored under `seq`."""

    client_message_id: str
    seq: int


class Failed(msgspec.Struct, frozen=True, tag="error", omit_defaults=True):
    """A frame was refused, as the same request over HTTP would be; `client_message_id` names the message."""

    status: int
    title: str
    detail: str
    errors: list[FieldError] | None = None
    client_message_id: str | None = None
    retry_after: Annotated[int, msgspec.Meta(description="Seconds")] | None = None

    @classmethod
    def of(cls, details: ProblemDetails, *, retry_after: str | None = None, about: str | None = None) -> "Failed":
        """The frame that says what a problem response would say."""
        return cls(
            details.status,
            details.title,
            details.detail,
            details.errors,
            about,
            int(retry_after) if retry_after else None,
        )


class Pong(msgspec.Struct, frozen=True, tag="pong"):
    """Somebody is."""


FromClient = Send | SendTyping | SendRead | Ping
ToClient = Ready | Message | Typing | Read | StateChanged | Delivered | Failed | Pong
