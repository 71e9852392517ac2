"""Locks that processes share over Redis.

A lock is a key with the holder's token that expires unless it is renewed, so a process that was killed frees its locks
within `LASTS_SECONDS`. Who waits is woken by the holder's release, and looks again when the lock would have expired.
"""

import asyncio
import random
import secrets
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from redis.asyncio import Redis

from bot.between.frames import Frame, encode
from bot.between.link import AwayError, Link
from bot.between.relay import CHANNEL, RedisRelay

LASTS_SECONDS = 10.0
_LOOK_AGAIN_SECONDS = 3.0
"""A wake-up may be lost; this is how long that holds up a turn at most."""

_LOOKED_AT_TOGETHER = 500

# No lock of ours lasts for ever; a key that does was put there, or made to last, by somebody else.
_TAKE = """
if redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
redis.call('set', KEYS[2], '1', 'PX', ARGV[3])
local left = redis.call('pttl', KEYS[1])
if left == -1 then
  redis.call('pexpire', KEYS[1], ARGV[2])
  left = tonumber(ARGV[2])
end
return math.max(1, left)
"""
_RENEW = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0"
_FREE = """
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('del', KEYS[1])
if redis.call('del', KEYS[2]) == 1 then redis.call('publish', ARGV[2], ARGV[3]) end
return 1
"""


class RedisLocks:
    """`SharedLocks` over Redis; where it is away, nobody waits. In one process nobody asks twice for a key at once."""

    def __init__(self, link: Link, relay: RedisRelay, *, lasts_seconds: float = LASTS_SECONDS) -> None:
        self._link = link
        self._origin = relay.origin
        self._lasts = int(lasts_seconds * 1000)
        self._waiting: dict[str, asyncio.Event] = {}
        self._renewing: set[asyncio.Task[None]] = set()
        relay.on_freed = self._freed
        relay.on_loss.append(self._lost)
        self._take: Any = link.client.register_script(_TAKE)
        self._renew: Any = link.client.register_script(_RENEW)
        self._free: Any = link.client.register_script(_FREE)

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator[None]:
        """As `SharedLocks.hold`."""
        token = secrets.token_hex(8)
        try:
            await self._acquire(key, token)
        except AwayError:
            yield
            return
        held = _Held(self, key, token)
        try:
            yield
        finally:
            held.end()
            frame = encode(Frame(self._origin, freed=(key,)))
            with suppress(AwayError):  # it expires
                await self._link.ask(lambda _: self._free(keys=_keys(key), args=[token, CHANNEL, frame]))

    async def are_free(self, keys: Collection[str]) -> Mapping[str, bool | None]:
        """As `SharedLocks.are_free`."""
        every, free = list(keys), dict[str, bool | None]()
        for start in range(0, len(every), _LOOKED_AT_TOGETHER):
            free |= await self._free_of(every[start : start + _LOOKED_AT_TOGETHER])
        return free

    async def _free_of(self, keys: Sequence[str]) -> Mapping[str, bool | None]:
        async def look(client: Redis) -> list[bytes | str | None]:
            holders: list[bytes | str | None] = await client.mget([_keys(key)[0] for key in keys])
            return holders

        try:
            return {key: holder is None for key, holder in zip(keys, await self._link.ask(look), strict=True)}
        except AwayError:
            return dict.fromkeys(keys)

    async def _acquire(self, key: str, token: str) -> None:
        """Raises AwayError."""
        woken = self._waiting[key] = asyncio.Event()
        try:
            # Longer than the lock lasts, so that whoever frees it knows that somebody waits.
            args = [token, self._lasts, 2 * self._lasts]
            while left := await self._link.ask(lambda _: self._take(keys=_keys(key), args=args)):
                longest = min(left / 1000, _LOOK_AGAIN_SECONDS) + random.uniform(0.01, 0.1)  # noqa: S311 - jitter
                with suppress(TimeoutError):
                    async with asyncio.timeout(longest):
                        await woken.wait()
                woken.clear()
        finally:
            self._waiting.pop(key, None)

    def _freed(self, key: str) -> None:
        woken = self._waiting.get(key)
        if woken is not None:
            woken.set()

    def _lost(self) -> None:
        for woken in self._waiting.values():
            woken.set()

    async def renew(self, key: str, token: str) -> None:
        """Lets the lock last on. Where it was lost, or Redis is away, the holder goes on with its process's lock."""
        with suppress(AwayError):
            await self._link.ask(lambda _: self._renew(keys=_keys(key)[:1], args=[token, self._lasts]))

    @property
    def renew_seconds(self) -> float:
        """How often a held lock is renewed."""
        return self._lasts / 3000

    def begin(self, work: Any) -> None:
        """Runs a renewal beside the turn."""
        task = asyncio.create_task(work)
        self._renewing.add(task)
        task.add_done_callback(self._renewing.discard)


class _Held:
    """A lock while it is held. A timer, not a task: most turns end before the first renewal."""

    def __init__(self, locks: RedisLocks, key: str, token: str) -> None:
        self._locks = locks
        self._key = key
        self._token = token
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(locks.renew_seconds, self._renew)

    def _renew(self) -> None:
        self._locks.begin(self._locks.renew(self._key, self._token))
        self._timer = self._loop.call_later(self._locks.renew_seconds, self._renew)

    def end(self) -> None:
        """It is to be renewed no more."""
        self._timer.cancel()


def _keys(key: str) -> list[str]:
    return [f"nexus-guide:lock:{key}", f"nexus-guide:waits:{key}"]
