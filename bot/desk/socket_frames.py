"""The frames of the desk's WebSocket, JSON objects told apart by `type`."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from bot.conversations.states import State
from bot.desk.cards import Named
from bot.desk.timeline import DeskEvent, DeskMessage, DeskNote
from bot.http.problems import ProblemDetails

_Seq = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class Watch(msgspec.Struct, frozen=True, tag="watch"):
    """Follow this conversation from message number `after` on, and no other any more."""

    conversation_id: str
    after: _Seq


class Unwatch(msgspec.Struct, frozen=True, tag="unwatch"):
    """Follow no conversation."""


class WriteSign(msgspec.Struct, frozen=True, tag="typing"):
    """The staff member began or stopped writing to the traveller."""

    conversation_id: str
    on: bool


class ReadMark(msgspec.Struct, frozen=True, tag="read"):
    """The staff member has seen the messages up to `seq`."""

    conversation_id: str
    seq: _Seq


class Ping(msgspec.Struct, frozen=True, tag="ping"):
    """Is anybody there."""


FromClient = Watch | Unwatch | WriteSign | ReadMark | Ping


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """From here on, what changes is told; what changed before is to be asked for."""


class Changed(msgspec.Struct, frozen=True, tag="changed"):
    """These conversations changed. None is named where one left the lists of whoever is told."""

    conversations: list[str]


class TimelineGrew(msgspec.Struct, frozen=True, tag="timeline"):
    """What is new in the watched conversation, in order and without a gap, and how it stands now.

    Notes and events beside the message the client had last may be known to it already: they are told by their id.
    """

    conversation_id: str
    messages: list[DeskMessage]
    notes: list[DeskNote]
    events: list[DeskEvent]
    state: State
    assignee: Named | None
    waiting_since: datetime | None
    snoozed_until: datetime | None
    staff_read_seq: int
    traveller_read_seq: int


class Typing(msgspec.Struct, frozen=True, tag="typing"):
    """Somebody in the watched conversation began or stopped writing."""

    conversation_id: str
    sender: Literal["bot", "staff", "traveller"]
    on: bool


class Read(msgspec.Struct, frozen=True, tag="read"):
    """One side of the watched conversation has seen the messages up to `seq`."""

    conversation_id: str
    by: Literal["staff", "traveller"]
    seq: int


class Fared(msgspec.Struct, frozen=True, tag="fared"):
    """How far these messages of the watched conversation got on the traveller's messaging channel."""

    conversation_id: str
    first_seq: int
    last_seq: int
    state: Literal["sent", "delivered"]


class SignedOut(msgspec.Struct, frozen=True, tag="signed_out"):
    """The session ended; nothing follows."""


class Failed(msgspec.Struct, frozen=True, tag="error", omit_defaults=True):
    """A frame was refused, as the same request over HTTP would be."""

    status: int
    title: str
    detail: str
    conversation_id: str | None = None

    @classmethod
    def of(cls, details: ProblemDetails, conversation_id: str | None = None) -> "Failed":
        """The frame that says what a problem response would say."""
        return cls(details.status, details.title, details.detail, conversation_id)


class Pong(msgspec.Struct, frozen=True, tag="pong"):
    """Somebody is."""


ToClient = Ready | Changed | TimelineGrew | Typing | Read | Fared | SignedOut | Failed | Pong
