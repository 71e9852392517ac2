"""A provider for tests of the outbox: it takes parts, or fails as it is told to, and remembers what arrived."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.conversations.outbox.port import Letter, Page, Part, Sent, UnclearError
from bot.conversations.transcript import ShownMessage
from bot.formats import Language

Fate = Exception | str
"""What becomes of a request: an error, or `arrives`, `lost answer` (it arrives, and nobody hears of it)."""


@dataclass
class Provider:
    """`idempotent`: it tells repeats by the key. `can_be_asked`: it says whether a part has arrived."""

    name: str = "sms"
    idempotent: bool = False
    can_be_asked: bool = True
    fates: deque[Fate] = field(default_factory=deque)
    arrived: list[Letter] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    hold: asyncio.Event | None = None
    pages: int = 1

    def compose(self, messages: Sequence[ShownMessage], language: Language) -> Sequence[Page]:
        """Each message is a part; further pages repeat them with their number."""
        return [
            Page(tuple(Part(each.text if page == 1 else f"{each.text} ({page})") for each in messages))
            for page in range(1, self.pages + 1)
        ]

    async def send(self, letter: Letter) -> Sent:
        self.requests.append(letter.part.text)
        if self.hold is not None:
            await self.hold.wait()
        fate = self.fates.popleft() if self.fates else "arrives"
        if isinstance(fate, Exception):
            raise fate
        sent = self._known(letter)
        if sent is None or not self.idempotent:
            self.arrived.append(letter)
            sent = Sent(f"{self.name}-{len(self.arrived)}")
        if fate == "lost answer":
            raise UnclearError("the connection ended before the answer")
        return sent

    async def find(self, letter: Letter) -> Sent | None:
        self.asked.append(letter.part.text)
        if not self.can_be_asked:
            raise UnclearError("this provider cannot be asked")
        return self._known(letter)

    def _known(self, letter: Letter) -> Sent | None:
        for number, each in enumerate(self.arrived, start=1):
            if each.key == letter.key:
                return Sent(f"{self.name}-{number}")
        return None

    @property
    def texts(self) -> list[str]:
        """What the traveller sees."""
        return [each.part.text for each in self.arrived]
