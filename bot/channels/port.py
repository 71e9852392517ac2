"""What a messaging channel is: it checks who calls, reads what came, and sends what is said (`Carrier`).

A channel keeps nothing and knows no conversation; the record, the outbox and the intake do that for all channels alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.conversations.outbox.port import Carrier, Receipt
from bot.formats import Language


@dataclass(frozen=True)
class Call:
    """What a provider sent, before anything of it is believed.

    `url` is the address as the provider knows it: PUBLIC_URL, path and query. `headers` are found whatever the case.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    at: datetime


@dataclass(frozen=True)
class CallAnswer:
    """What the provider gets back."""

    status: int = 200
    body: str = ""
    content_type: str = "text/plain"


class CallError(ValueError):
    """A call with a good signature that cannot be read; the message says what was expected. It is answered 422."""


@dataclass(frozen=True)
class Place:
    """Where the traveller is, in degrees; rounded before it is used, and never stored."""

    latitude: float
    longitude: float


Attachment = Literal["picture", "voice", "video", "file", "sticker", "contact", "other"]


@dataclass(frozen=True)
class Said:
    """A traveller's message. `id` is the provider's own id for it, at most 128 printable characters.

    `text` is what was written or the payload of a pressed button. What the guide cannot read is named in `attachment`:
    the text, if any, is its caption. `language` is that of the traveller's app, where the provider tells it.
    """

    sender: str
    id: str
    text: str
    attachment: Attachment | None = None
    place: Place | None = None
    language: Language | None = None


Came = Said | Receipt


@dataclass(frozen=True)
class Finding:
    """One thing that `nexus-guide channels check` found out."""

    good: bool
    what: str


class Channel(Carrier, Protocol):
    """A messaging channel, put together from its settings."""

    def handshake(self, call: Call) -> CallAnswer | None:
        """The answer to a provider that makes sure of the address, on GET or POST; None where the call is no such."""
        ...

    def is_genuine(self, call: Call) -> bool:
        """Whether the call carries the provider's signature, compared in constant time, and is not too old."""
        ...

    def read(self, call: Call) -> Sequence[Came]:
        """What came, oldest first; empty for what does not concern us. Raises CallError."""
        ...

    def acknowledgement(self) -> CallAnswer:
        """What the provider is answered once everything is stored."""
        ...

    async def check(self) -> Sequence[Finding]:
        """Tries the credentials at the provider, and gives what was found out. Raises nothing."""
        ...

    async def close(self) -> None:
        """Closes its connections."""
        ...
