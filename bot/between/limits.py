"""Limits that processes hold together over Redis; while it is away each process holds them by itself."""

import hashlib
from typing import Any

from bot.between.link import AwayError, Link
from bot.conversations.limits import Limiter, LocalLimits, Rate

_TAKE = """
local burst, rate = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = redis.call('hmget', KEYS[1], 'left', 'at')
local left, at = tonumber(kept[1]) or burst, tonumber(kept[2]) or now
left = math.min(burst, left + math.max(0, now - at) * rate / 60000)
local wait = 0
if left >= 1 then left = left - 1 else wait = math.max(1, math.ceil((1 - left) * 60 / rate)) end
redis.call('hset', KEYS[1], 'left', tostring(left), 'at', now)
redis.call('pexpire', KEYS[1], math.ceil((burst - left) * 60000 / rate) + 1000)
return wait
"""


class RedisLimits:
    """`Limits` of all processes, by the clock of Redis."""

    def __init__(self, link: Link, local: LocalLimits, secret_key: str) -> None:
        self._link = link
        self._local = local
        # What is counted may be somebody's address: under a key nobody can find out whose.
        self._key = hashlib.sha256(b"limits|" + secret_key.encode()).digest()

    def limiter(self, name: str, rate: Rate) -> Limiter:
        """As `Limits.limiter`."""
        return _RedisLimiter(self, name, rate, self._local.limiter(name, rate), self._link)

    async def is_first(self, name: str, seconds: int) -> bool:
        """As `Limits.is_first`. Where Redis forgot or was away, at least what this process knows holds."""
        is_first_here = await self._local.is_first(name, seconds)
        key = self.named("used", name)
        try:
            is_new = await self._link.ask(lambda client: client.set(key, b"1", nx=True, ex=seconds))
        except AwayError:
            return is_first_here
        return bool(is_new) and is_first_here

    def named(self, what: str, key: str) -> str:
        """The key in Redis that tells nobody what is counted."""
        return f"nexus-guide:{what}:{hashlib.blake2b(key.encode(), key=self._key, digest_size=16).hexdigest()}"


class _RedisLimiter:
    """A bucket per key that fills by the clock of Redis."""

    def __init__(self, limits: RedisLimits, name: str, rate: Rate, local: Limiter, link: Link) -> None:
        self._limits = limits
        self._name = name
        self._rate = rate
        self._local = local
        self._link = link
        self._take: Any = link.client.register_script(_TAKE)

    async def take(self, key: str) -> int:
        """As `Limiter.take`."""
        keys = [self._limits.named(f"limit:{self._name}", key)]
        try:
            args = [self._rate.burst, self._rate.per_minute]
            return int(await self._link.ask(lambda _: self._take(keys=keys, args=args)))
        except AwayError:
            return await self._local.take(key)
