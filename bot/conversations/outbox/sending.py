"""Delivering one entry: its parts in order, each looked for before it is repeated, each outcome written down."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from random import uniform
from typing import TypeVar

from bot.clock import Clock
from bot.conversations.outbox.backoff import Jitter, is_enough, pause
from bot.conversations.outbox.claiming import Claimed
from bot.conversations.outbox.confirmed import confirmed
from bot.conversations.outbox.outcomes import Outcomes
from bot.conversations.outbox.port import (
    Carrier,
    Letter,
    NotSentError,
    Part,
    RefusedError,
    SendError,
    Sent,
    UnclearError,
)
from bot.conversations.outbox.reading import Words, provider_ids, read
from bot.conversations.outbox.trouble import Trouble
from bot.conversations.outbox.watched import sending
from bot.conversations.pace import Sleep, growing
from bot.db.engine import Database
from bot.db.error import is_unavailable
from bot.logs.faults import whereabouts
from bot.privacy.sealing import Seal, SealError

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")

SEND_SECONDS = 16.0
FIND_SECONDS = 10.0
"""A carrier gives up by itself after 15 s. Both together are less than what makes an entry count as abandoned."""

_MOST_OTHER_FAILURES = 3


@dataclass
class _Trip:
    """An entry on its way. `heard_at` is set once it is sent to somebody; `unclear` is what is known by now."""

    claimed: Claimed
    carrier: Carrier
    unclear: bool
    heard_at: datetime | None = None


class _HopelessError(Exception):
    """Nothing that is tried again would help."""


class Delivery:
    """Delivers entries that were claimed, for all channels of this process."""

    def __init__(
        self,
        database: Database,
        outcomes: Outcomes,
        seal: Seal,
        clock: Clock,
        *,
        sleep: Sleep = asyncio.sleep,
        jitter: Jitter = uniform,
        trouble: Trouble | None = None,
    ) -> None:
        self._database = database
        self._outcomes = outcomes
        self._seal = seal
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._trouble = trouble or Trouble()
        self._has_warned_of_seal = False
        self.worked: Counter[str] = Counter()
        """How many requests a channel's provider has taken or refused."""
        # How many it had when an entry failed together with everybody.
        self._worked_before: dict[int, int] = {}

    async def deliver(self, claimed: Claimed, carrier: Carrier) -> NotSentError | None:
        """Delivers an entry as far as it goes. Gives the error of a provider that takes nothing from anybody now."""
        trip = _Trip(claimed, carrier, claimed.unclear)
        try:
            await self._go(trip)
        except NotSentError as error:
            return await self._not_sent(trip, error)
        except UnclearError as error:
            trip.unclear = True
            await self._again(trip, str(error))
        except RefusedError as error:
            await self._over(trip, partial(self._outcomes.refused, claimed, error, trip.heard_at), str(error))
        except _HopelessError as error:
            ending = partial(self._outcomes.dead, claimed, None, str(error), unclear=trip.unclear)
            await self._over(trip, ending, str(error))
        except Exception as error:  # noqa: BLE001 - one message in trouble must not hold up the others
            _log.error("channel %s: entry %d could not be made ready: %s", *_which(trip), whereabouts(error))
            await self._again(trip, "the message could not be made ready for the channel; the log says where")
        self._worked_before.pop(claimed.id, None)
        return None

    async def _go(self, trip: _Trip) -> None:
        claimed = trip.claimed
        words = await self._until_it_works(lambda: read(self._database, claimed))
        if words is None:
            raise _HopelessError("there is no contact to write to any more, or no message")
        if words.unreachable is not None and not claimed.regardless:
            raise RefusedError(words.unreachable, "nothing was tried: the contact cannot be written to")
        address = self._open(words)
        parts = _parts(trip, words)
        known = await self._until_it_works(lambda: provider_ids(self._database, claimed)) if trip.unclear else ()
        trip.heard_at = words.heard_at
        for number, part in enumerate(parts, start=1):
            if number <= claimed.parts_sent:
                continue
            letter = Letter(
                address=address,
                part=part,
                key=f"{claimed.key}-{number}",
                language=words.language,
                heard_at=words.heard_at,
                now=self._clock(),
                since=claimed.created_at,
                claimed=frozenset(known),
            )
            sent = await self._find_or_send(trip, letter)
            if not await self._note_sent(trip, number, sent.provider_id, last=number == len(parts)):
                return
        if claimed.parts_sent >= len(parts):
            await self._until_it_works(lambda: self._outcomes.nothing_left(claimed))

    def _open(self, words: Words) -> str:
        try:
            return self._seal.open(words.address_sealed)
        except SealError as error:
            if not self._has_warned_of_seal:
                self._has_warned_of_seal = True
                _log.error("nothing is delivered to contacts of before: %s", error)
            raise _HopelessError(str(error)) from error

    async def _find_or_send(self, trip: _Trip, letter: Letter) -> Sent:
        if trip.unclear:
            told = await self._until_it_works(lambda: confirmed(self._database, trip.carrier.name, letter.key))
            if told is not None:
                return told
            try:
                found = await _asked(trip.carrier.find(letter), FIND_SECONDS)
            except UnclearError:
                # It cannot be known: rather twice than never.
                pass
            else:
                if found is not None:
                    return found
                trip.unclear = False
        try:
            with sending(trip.carrier.name):
                sent = await _asked(trip.carrier.send(letter), SEND_SECONDS)
        except RefusedError:
            self.worked[trip.carrier.name] += 1
            raise
        self.worked[trip.carrier.name] += 1
        return sent

    async def _note_sent(self, trip: _Trip, number: int, provider_id: str | None, *, last: bool) -> bool:
        trip.unclear = True
        noted = await self._until_it_works(
            lambda: self._outcomes.part_sent(trip.claimed, number, provider_id, last=last)
        )
        trip.unclear = False
        return noted

    async def _not_sent(self, trip: _Trip, error: NotSentError) -> NotSentError | None:
        name, entry_id = _which(trip)
        if not error.everybody:
            self._worked_before.pop(entry_id, None)
            await self._again(trip, str(error), error.retry_after)
            return None
        worked = self.worked[name]
        if self._worked_before.get(entry_id, worked) < worked:
            # What works for others between two tries of this one is not down; the entry is what it stumbles on.
            self._worked_before[entry_id] = worked
            await self._again(trip, str(error), error.retry_after)
            return None
        self._worked_before[entry_id] = worked
        detail, now = str(error), self._clock()
        await self._until_it_works(
            lambda: self._outcomes.again(trip.claimed, now, unclear=trip.unclear, counts=False, detail=detail)
        )
        return error

    async def _again(self, trip: _Trip, detail: str, retry_after: float | None = None) -> None:
        claimed, now = trip.claimed, self._clock()
        if is_enough(claimed.attempts, now - claimed.created_at):
            ending = partial(self._outcomes.dead, claimed, "tried_enough", detail, unclear=trip.unclear)
            await self._over(trip, ending, detail)
            return
        due_at = now + pause(claimed.attempts, retry_after, self._jitter)
        _log.info("channel %s: entry %d is tried again at %s: %s", *_which(trip), due_at.isoformat(), detail)
        await self._until_it_works(
            lambda: self._outcomes.again(claimed, due_at, unclear=trip.unclear, counts=True, detail=detail)
        )

    async def _over(self, trip: _Trip, ending: Callable[[], Awaitable[bool]], detail: str) -> None:
        _log.warning("channel %s: entry %d was not delivered: %s", *_which(trip), detail)
        await self._until_it_works(ending)

    async def _until_it_works(self, work: Callable[[], Awaitable[_Result]]) -> _Result:
        """What is known about a message must not be lost because the database is away for a while.

        Raises whatever else it fails with, after a few tries: that would not end.
        """
        for failures in count(1):
            try:
                return await work()
            except Exception as error:
                self._trouble.failed(error)
                if not is_unavailable(error) and failures >= _MOST_OTHER_FAILURES:
                    raise
                await self._sleep(growing(failures, first=0.5, longest=5.0))
        raise AssertionError("unreachable")


def _parts(trip: _Trip, words: Words) -> tuple[Part, ...]:
    pages = trip.carrier.compose(words.messages, words.language)
    if trip.claimed.page > len(pages):
        # Asked for by a MORE that crossed with another: there is no more to say.
        _log.warning("channel %s: entry %d is of a page that there is not", *_which(trip))
        return ()
    return pages[trip.claimed.page - 1].parts


async def _asked(request: Awaitable[_Result], seconds: float) -> _Result:
    try:
        async with asyncio.timeout(seconds):
            return await request
    except SendError:
        raise
    except TimeoutError as error:
        raise UnclearError(f"the channel gave no answer within {seconds:g} s") from error
    except Exception as error:
        raise UnclearError(f"the channel failed: {whereabouts(error)}") from error


def _which(trip: _Trip) -> tuple[str, int]:
    return trip.carrier.name, trip.claimed.id
