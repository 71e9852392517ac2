"""Wake-ups between processes over Redis: what happened here is told there, within milliseconds, while Redis is there.

Publishing never holds up who tells. Changes are kept until they are published, several of one conversation as one; of
signs the oldest are dropped. What Redis loses, or what a process that ended did not tell, is found by `Looking`.
"""

import asyncio
import logging
import random
import secrets
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from redis.asyncio.client import PubSub
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.between.frames import Frame, decode, encode, full, short
from bot.between.link import FAILURES, AwayError, Link
from bot.conversations.broadcast import Broadcast, Changed, Happening, Sign
from bot.conversations.faults import whereabouts

_log = logging.getLogger(__name__)
CHANNEL = "nexus-guide:happenings"
QUIET_SECONDS = 2.0
"""After so long without a word Redis is asked whether it is still there."""

LONGEST_PAUSE_SECONDS = 1.0
_MOST_SIGNS = 1_000
_MOST_CHANGES = 10_000
_IN_ONE_FRAME = 1_000


class RedisRelay:
    """A `Relay` over one subscription. `on_return` is called when Redis is there again, `on_loss` when it is away."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.origin = secrets.token_bytes(6)
        self.on_return: Callable[[], None] = lambda: None
        self.on_freed: Callable[[str], None] = lambda key: None
        self.on_loss: list[Callable[[], None]] = []
        self._broadcast: Broadcast | None = None
        self._changed: dict[str, None] = {}
        self._signs: deque[tuple[str, Sign]] = deque(maxlen=_MOST_SIGNS)
        self._wake = asyncio.Event()
        self._tried = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def send(self, conversation_id: str, happening: Happening) -> None:
        """As `Relay.send`."""
        if not isinstance(happening, Changed):
            if self.link.is_up:
                self._signs.append((conversation_id, happening))
        elif len(self._changed) < _MOST_CHANGES:  # the others find the rest in the record
            self._changed[conversation_id] = None
        self._wake.set()

    async def start(self, broadcast: Broadcast) -> None:
        """Begins to tell `broadcast` of what others did; comes back when Redis answered or did not."""
        self._broadcast = broadcast
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._publish())]
        await self._tried.wait()

    async def stop(self) -> None:
        """Publishes what is left, if Redis is there, and ends."""
        if self._tasks and self.link.is_up:
            with suppress(AwayError):
                await self._publish_once()
        for task in self._tasks:
            # The client swallows a cancellation that comes while it connects anew.
            while not task.done():
                task.cancel()
                await asyncio.wait({task}, timeout=0.1)
        self._tasks = []

    async def _publish(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                while self._changed or self._signs:
                    await self._publish_once()
            except AwayError:
                # A new wake-up comes with the next happening, or with the return of Redis.
                self._signs.clear()

    async def _publish_once(self) -> None:
        changed = tuple(self._changed)[:_IN_ONE_FRAME]
        signs = tuple(self._signs.popleft() for _ in range(min(len(self._signs), _IN_ONE_FRAME)))
        if not changed and not signs:
            return
        for each in changed:
            del self._changed[each]
        frame = Frame(self.origin, changed, tuple((of, short(sign)) for of, sign in signs))
        try:
            await self.link.ask(lambda client: client.publish(CHANNEL, encode(frame)))
        except AwayError:
            self._changed |= dict.fromkeys(changed)
            raise

    async def _listen(self) -> None:
        failures = 0
        while True:
            try:
                async with self.link.client.pubsub() as pubsub:
                    await pubsub.subscribe(CHANNEL)
                    await self._hear(pubsub)  # comes back only by failing
            except FAILURES as error:
                if self.link.is_up or not self._tried.is_set():
                    _log.warning("the subscription at Redis failed: %s", whereabouts(error))
            except Exception as error:  # noqa: BLE001 - without the subscription this process would hear of nothing
                _log.error("the subscription at Redis failed: %s", whereabouts(error))
            failures = 0 if self.link.is_up else failures + 1
            self.link.found(False)
            self._tried.set()
            for lost in self.on_loss:
                lost()
            longest = min(LONGEST_PAUSE_SECONDS, 0.05 * 2 ** min(failures, 10))
            await asyncio.sleep(longest * random.uniform(0.5, 1))  # noqa: S311 - jitter

    async def _hear(self, pubsub: PubSub) -> None:
        asked = False
        while True:
            message = await pubsub.get_message(timeout=QUIET_SECONDS)
            if message is None:
                if asked:
                    raise RedisConnectionError("no answer on the subscription")
                asked = True
                await pubsub.ping()
                continue
            asked = False
            if message["type"] == "subscribe":
                self.link.found(True)
                self._tried.set()
                self._wake.set()
                self.on_return()
            elif message["type"] == "message":
                self._take(message["data"])

    def _take(self, data: bytes) -> None:
        frame = decode(data)
        if frame is None or frame.origin == self.origin or self._broadcast is None:
            return
        for key in frame.freed:
            self.on_freed(key)
        for conversation_id in frame.changed:
            self._broadcast.hear(conversation_id, Changed())
        for conversation_id, written in frame.signs:
            sign = full(written)
            if sign is not None:
                self._broadcast.hear(conversation_id, sign)
