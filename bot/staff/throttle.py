"""Slowing down who guesses: after some failures each further try has to wait, longer and longer, up to a limit.

Counted in the database, so a restart forgives nothing. A try counts as failed from the moment it begins, so many at
once win nothing. The wait has a limit and nobody is locked out; and who has signed in with a browser before is counted
by that browser alone (`bot.staff.known_browser`), so a stranger who fails for them does not make them wait.
"""

import hmac
import ipaddress
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.db.engine import Database
from bot.db.upsert import insert_into
from bot.staff.models import SignInFailures

FREE = 5
FREE_PER_ADDRESS = 20
"""A whole office may sit behind one address."""

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
LONGEST_SHARED_WAIT = timedelta(minutes=1)
"""Behind one address may be everybody: a proxy stands before many a guide. One guess a minute is little enough."""

QUIET = timedelta(days=1)
_IPV6_NETWORK = 64


class TooSoonError(Exception):
    """A try came before its time; `seconds` is how long to wait (at least 1)."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many failures; try again in {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Subject:
    """What tries are counted under: a digest, how many are free of waiting, how long the wait may become.

    What is `shared` is not forgiven by somebody's success.
    """

    digest: str
    free: int = FREE
    longest_wait: timedelta = LONGEST_WAIT
    shared: bool = False


class Throttle:
    """The counters of one installation; `secret_key` keeps e-mail and network addresses out of their names."""

    def __init__(self, database: Database, clock: Clock, secret_key: str) -> None:
        self._database = database
        self._clock = clock
        self._key = secret_key.encode()

    def subject(self, kind: str, name: str) -> Subject:
        """What is counted for one account, browser or the like."""
        return Subject(self._digest(f"{kind}|{name}"))

    def address(self, address: str) -> Subject:
        """What is counted for a network address; IPv6 gives one customer a whole network, counted as one."""
        digest = self._digest(f"address|{_network(address)}")
        return Subject(digest, FREE_PER_ADDRESS, LONGEST_SHARED_WAIT, shared=True)

    async def begin(self, subjects: Sequence[Subject]) -> None:
        """Counts one more try under each. Raises TooSoonError, counting nothing, while one of them has to wait."""
        now = self._clock()
        async with self._database.write() as session:
            counters = await self._counters(session, subjects, now)
            ends = max((each.wait_until for each in counters.values() if each.wait_until is not None), default=now)
            if ends > now:
                raise TooSoonError(max(1, math.ceil((ends - now).total_seconds())))
            for subject in subjects:
                counter = counters[subject.digest]
                counter.failures += 1
                counter.last_at = now
                counter.wait_until = _wait_until(subject, counter.failures, now)

    async def succeeded(self, session: AsyncSession, subjects: Sequence[Subject]) -> None:
        """Forgives, in the transaction of `session`; what others share is only rid of this one try."""
        for subject in subjects:
            its_own = SignInFailures.subject == subject.digest
            if subject.shared:
                fewer = update(SignInFailures).where(its_own, SignInFailures.failures > 0)
                await session.execute(fewer.values(failures=SignInFailures.failures - 1, wait_until=None))
            else:
                await session.execute(delete(SignInFailures).where(its_own))

    async def _counters(
        self, session: AsyncSession, subjects: Sequence[Subject], now: datetime
    ) -> dict[str, SignInFailures]:
        await session.execute(delete(SignInFailures).where(SignInFailures.last_at <= now - QUIET))
        digests = sorted(subject.digest for subject in subjects)
        fresh = [{"subject": each, "failures": 0, "last_at": now} for each in digests]
        await session.execute(insert_into(session, SignInFailures).values(fresh).on_conflict_do_nothing())
        # Always in the same order, so that two transactions never wait for each other.
        wanted = select(SignInFailures).where(SignInFailures.subject.in_(digests)).order_by(SignInFailures.subject)
        found = await session.scalars(wanted.with_for_update().execution_options(populate_existing=True))
        return {counter.subject: counter for counter in found}

    def _digest(self, text: str) -> str:
        return hmac.digest(self._key, b"throttle|" + text.encode("utf-8", "surrogatepass"), "sha256").hex()


def _wait_until(subject: Subject, failures: int, now: datetime) -> datetime | None:
    over = failures - subject.free
    if over < 0:
        return None
    # The power is bounded, for the failures are not.
    factor: int = 2 ** min(over, 20)
    return now + min(subject.longest_wait, FIRST_WAIT * factor)


def _network(address: str) -> str:
    try:
        read = ipaddress.ip_address(address)
    except ValueError:  # a socket without an address
        return address
    return str(ipaddress.ip_network((read, _IPV6_NETWORK), strict=False)) if read.version == 6 else str(read)
