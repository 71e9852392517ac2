"""An outbox with travellers in it, for tests."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select

from bot.conversations import event_names
from bot.conversations.broadcast import Broadcast, Changed
from bot.conversations.dialogue_port import Reply
from bot.conversations.held import locked
from bot.conversations.models import Event
from bot.conversations.outbox.claiming import claim
from bot.conversations.outbox.contacts import Contacts
from bot.conversations.outbox.models import Contact, OutboxEntry
from bot.conversations.outbox.outcomes import Outcomes
from bot.conversations.outbox.port import NotSentError
from bot.conversations.outbox.sending import Delivery
from bot.conversations.outbox.worker import OutboxWorker, Timing
from bot.db.engine import Database
from bot.privacy.sealing import Seal
from tests.record.outbox.providers import Provider
from tests.record.scripted import KEY, Watch

SEAL = Seal(KEY)
POLL_SECONDS = 0.25


@dataclass
class Ticking:
    """Time that passes only where it is told to: sleeps end when `forward` has gone beyond them."""

    watch: Watch
    seconds: float = 0.0
    asked: list[float] = field(default_factory=list)
    _sleepers: list[tuple[float, asyncio.Event]] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        self.asked.append(seconds)
        self._sleepers.append((self.seconds + seconds, woken))
        await woken.wait()

    def forward(self, seconds: float) -> None:
        """Lets time pass, on the clock too."""
        self.watch.forward(seconds=seconds)
        self.pass_unseen(seconds)

    def pass_unseen(self, seconds: float) -> None:
        """Lets time pass while the clock stands."""
        self.seconds += seconds
        due = [each for each in self._sleepers if each[0] <= self.seconds]
        self._sleepers = [each for each in self._sleepers if each[0] > self.seconds]
        for _, woken in due:
            woken.set()


@dataclass
class Postbox:
    """One database, and the workers on it."""

    database: Database
    watch: Watch = field(default_factory=Watch)
    broadcast: Broadcast = field(default_factory=Broadcast)

    def __post_init__(self) -> None:
        self.time = Ticking(self.watch)
        self.workers: list[OutboxWorker] = []
        self.mine: Delivery | None = None

    def delivery(self, seal: Seal = SEAL) -> Delivery:
        """What a process delivers with; its pauses have no chance in them."""
        outcomes = Outcomes(self.database, self.broadcast, self.watch)
        return Delivery(
            self.database, outcomes, seal, self.watch, sleep=self.time.sleep, jitter=lambda _low, high: high
        )

    async def round(self, provider: Provider, delivery: Delivery | None = None) -> list[NotSentError | None]:
        """Delivers what is due now, each once; gives what is said of the provider."""
        self.mine = delivery or self.mine or self.delivery()
        claimed = await claim(self.database, provider.name, 100, self.watch())
        return [await self.mine.deliver(each, provider) for each in claimed]

    def start(self, *providers: Provider, seal: Seal = SEAL) -> OutboxWorker:
        """A worker as in a process of its own, with a broadcast that is the others' too."""
        timing = Timing(
            sleep=self.time.sleep,
            monotonic=self.time.monotonic,
            jitter=lambda _low, high: high,
            poll_seconds=POLL_SECONDS,
            stop_seconds=0.05,
        )
        carriers = {each.name: each for each in providers}
        worker = OutboxWorker(self.database, carriers, self.broadcast, seal, self.watch, timing=timing)
        worker.start()
        self.workers.append(worker)
        return worker

    async def stop(self) -> None:
        for worker in self.workers:
            await worker.stop()

    async def traveller(self, address: str = "+15145550100", channel: str = "sms") -> str:
        """The conversation of a new contact, in which nothing waits to be sent."""
        known = await Contacts(self.database, SEAL, self.watch).of(channel, address, Reply("Welcome.", "en"), "en")
        async with self.database.write() as session:
            for entry in await session.scalars(select(OutboxEntry).where(OutboxEntry.state == "due")):
                if entry.conversation_id == known.conversation_id:
                    await session.delete(entry)
        return known.conversation_id

    async def say(self, conversation_id: str, *texts: str, page: int | None = None, regardless: bool = False) -> int:
        """The guide says something; gives the entry's id."""
        at = self.watch()
        async with self.database.write() as session:
            async with locked(session, conversation_id) as held:
                said = held.add_replies([Reply(text, "en") for text in texts], at=at, reply_to=None)
                if page is not None or regardless:
                    held.deliver(said[0].seq, said[-1].seq, at, page=page or 1, regardless=regardless)
            found = select(OutboxEntry.id).where(OutboxEntry.conversation_id == conversation_id)
            entry_id = await session.scalar(found.order_by(OutboxEntry.id.desc()).limit(1))
        assert entry_id is not None
        self.broadcast.tell(conversation_id, Changed())
        return entry_id

    async def entry(self, entry_id: int) -> OutboxEntry:
        async with self.database.read_once() as session:
            found = await session.get(OutboxEntry, entry_id)
        assert found is not None
        return found

    async def failures(self, conversation_id: str) -> list[object]:
        """What the conversation's record says was not delivered."""
        async with self.database.read_once() as session:
            wanted = select(Event.data).where(
                Event.conversation_id == conversation_id, Event.name == event_names.DELIVERY_FAILED
            )
            return [data["failure"] for data in await session.scalars(wanted.order_by(Event.id))]

    async def contact(self, conversation_id: str) -> Contact:
        async with self.database.read_once() as session:
            found = await session.get(Contact, conversation_id)
        assert found is not None
        return found

    async def until(self, entry_id: int, **wanted: object) -> OutboxEntry:
        """Waits until the entry is so; workers look for what is due meanwhile, and the clock stands."""

        async def is_so() -> bool:
            self.time.pass_unseen(POLL_SECONDS)
            entry = await self.entry(entry_id)
            return all(getattr(entry, name) == value for name, value in wanted.items())

        await eventually(is_so, lambda: f"entry {entry_id} to be {wanted}")
        return await self.entry(entry_id)


async def eventually(is_so: Callable[[], object], what: Callable[[], str] = lambda: "it") -> None:
    """Waits until something is so, for some seconds at most."""
    async with asyncio.timeout(5):
        while True:
            result = is_so()
            if asyncio.iscoroutine(result):
                result = await result
            if result:
                return
            await asyncio.sleep(0.002)
