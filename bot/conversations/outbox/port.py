"""What the outbox asks of a channel: how messages are cut into pages, and to send one part of a page.

Whatever `send` raises says what is known: `NotSentError` that nothing arrived, `UnclearError` that it may have,
`RefusedError` that it never will. The outbox tries again after the first, asks `find` after the second, and marks the
entry after the third.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.conversations.outbox.models import Failure
from bot.conversations.transcript import ShownButton, ShownMessage
from bot.formats import Language


@dataclass(frozen=True)
class Part:
    """One request to the provider. `buttons` are those the channel shows itself.

    `numbered` are the choices that stand in `text` by number, in the order of their numbers.
    """

    text: str
    buttons: tuple[ShownButton, ...] = ()
    sender: Literal["bot", "staff"] = "bot"
    link: str | None = None
    link_title: str | None = None
    numbered: tuple[ShownButton, ...] = ()


@dataclass(frozen=True)
class Page:
    """What is sent together; the traveller asks for the next page, where there is one, by MORE or PLUS."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Letter:
    """One part on its way. `key` names it, the same at every try; `heard_at` is the traveller's last message.

    For providers that are asked by what was said: `since` is when the part's entry was put into the outbox, before any
    try; `claimed` are the provider's names for the other parts of the conversation that were sent since then.
    """

    address: str
    part: Part
    key: str
    language: Language
    heard_at: datetime
    now: datetime
    since: datetime | None = None
    claimed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sent:
    """The provider has taken it; `provider_id` is its name for it, where it gives one."""

    provider_id: str | None


class SendError(Exception):
    """A part was not sent, or it is not known whether it was; the message holds no text and no address."""


class NotSentError(SendError):
    """Nothing arrived, and it may work later; `retry_after` is what the provider asked for, in seconds.

    `everybody` is true where the provider takes nothing at all now: it is down, or does not accept our credentials.
    """

    def __init__(self, detail: str, *, retry_after: float | None = None, everybody: bool = False) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
        self.everybody = everybody


class UnclearError(SendError):
    """It may have arrived: the answer was late, lost or cannot be read."""


class RefusedError(SendError):
    """It will never arrive, for this reason."""

    def __init__(self, failure: Failure, detail: str) -> None:
        super().__init__(detail)
        self.failure = failure


class Carrier(Protocol):
    """The sending half of a channel."""

    @property
    def name(self) -> str:
        """The channel's name, as it stands in `Conversation.channel`."""
        ...

    def compose(self, messages: Sequence[ShownMessage], language: Language) -> Sequence[Page]:
        """The pages of messages that were said together; the same pages at every call. At least one."""
        ...

    async def send(self, letter: Letter) -> Sent:
        """Sends one part; gives up after 15 s at most. Raises SendError."""
        ...

    async def find(self, letter: Letter) -> Sent | None:
        """Asks the provider whether the part has arrived: None where it has not.

        Raises:
            UnclearError: this provider cannot be asked; then it is sent again, as the one arrives twice rather than
                never.
            NotSentError: it cannot answer now.
        """
        ...


@dataclass(frozen=True)
class Receipt:
    """What a provider says afterwards about a part: by its own id for it, or by our `key` where it gives that back.

    `sent` says only that the provider has it, which answers the question where the answer to our request was lost.
    """

    provider_id: str | None
    key: str | None
    state: Literal["sent", "delivered", "read", "failed"]
    failure: Failure | None = None
    detail: str | None = None
