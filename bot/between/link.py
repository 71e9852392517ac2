"""The way to Redis, which may be away at any moment: whoever asks it has another way to go on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from bot.conversations.faults import whereabouts
from bot.settings import SettingsError

_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")

ANSWER_SECONDS = 1.0
"""Redis answers in less than a millisecond; after this long it counts as away."""

MUTE_SECONDS = 0.5
"""After a failure it is not asked for this long, or each turn would wait for it anew."""

CONNECTIONS = 32
FAILURES = (RedisError, OSError, TimeoutError)


class AwayError(Exception):
    """Redis is away; go on without."""


class Link:
    """One client of Redis. `is_up` is what the relay's subscription, which is always open, has found."""

    def __init__(self, url: str) -> None:
        """Connects to nothing yet. Raises SettingsError where `url` is no address of Redis."""
        try:
            pool = BlockingConnectionPool.from_url(
                url,
                max_connections=CONNECTIONS,
                timeout=ANSWER_SECONDS,
                socket_timeout=ANSWER_SECONDS,
                socket_connect_timeout=ANSWER_SECONDS,
                retry=Retry(NoBackoff(), 0),
                protocol=2,
            )
        except ValueError as error:
            raise SettingsError(
                "setting REDIS_URL: expected redis://HOST:PORT/NUMBER, rediss:// or unix://FILE; correct it"
            ) from error
        self.client: Redis = Redis.from_pool(pool)
        self._is_subscribed: bool | None = None
        self._muted_until = 0.0

    @property
    def is_up(self) -> bool:
        """Whether it is worth asking."""
        return bool(self._is_subscribed) and asyncio.get_running_loop().time() >= self._muted_until

    def found(self, is_subscribed: bool) -> None:
        """The subscription was made, or lost, or could not be made at the start."""
        if is_subscribed and not self._is_subscribed:
            _log.info("Redis is there")
            self._muted_until = 0.0
        elif not is_subscribed and self._is_subscribed is not False:
            _log.warning("Redis is away; going on without it: other processes hear of changes after a second")
        self._is_subscribed = is_subscribed

    async def ask(self, work: Callable[[Redis], Awaitable[_Answer]]) -> _Answer:
        """What Redis answers. Raises AwayError."""
        if not self.is_up:
            raise AwayError
        try:
            return await work(self.client)
        except FAILURES as error:
            self._muted_until = asyncio.get_running_loop().time() + MUTE_SECONDS
            _log.warning("Redis did not answer: %s", whereabouts(error))
            raise AwayError from error

    async def answers(self) -> bool:
        """Whether Redis answers now, whatever was found before."""
        try:
            pinging: Any = self.client.ping()
            return bool(await pinging)
        except FAILURES:
            return False

    async def close(self) -> None:
        """Closes every connection."""
        await self.client.aclose(close_connection_pool=True)
