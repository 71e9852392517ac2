"""Staff are told of everybody who waits, once, whatever happens."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.alerts.models import StaffAlert
from bot.alerts.port import Alert
from bot.alerts.teller import Teller
from bot.conversations.dialogue_port import Answer, Inbound
from bot.conversations.outbox.port import NotSentError, RefusedError, SendError, UnclearError
from bot.conversations.service import Conversations
from bot.db.engine import Database
from tests.record.scripted import NOON, ScriptedDialogue, Watch, answer, conversations, message


class Board:
    """A place that keeps what it was told; `trouble` is raised instead, next first, after it was told where said so."""

    name = "board"

    def __init__(self) -> None:
        self.told: list[Alert] = []
        self.was_called = asyncio.Event()
        self.asked = 0
        self.trouble: list[SendError] = []
        self.keeps_in_trouble = False
        self.can_be_asked = True

    async def tell(self, alert: Alert, now: datetime) -> None:
        await asyncio.sleep(0)
        if not self.trouble or self.keeps_in_trouble:
            self.told.append(alert)
            self.was_called.set()
        if self.trouble:
            raise self.trouble.pop(0)

    async def was_told(self, alert: Alert, now: datetime) -> bool:
        self.asked += 1
        if not self.can_be_asked:
            raise UnclearError("cannot be asked")
        return alert in self.told


async def _wants_person(inbound: Inbound) -> Answer | None:
    if inbound.text != "person":
        return None
    return answer("A person will answer.", state="waiting", intent="talk_to_human", handoff="asked")


@asynccontextmanager
async def _service(database: Database, watch: Watch) -> AsyncIterator[Conversations]:
    service = conversations(database, ScriptedDialogue(script=_wants_person), watch)
    yield service
    await service.finish()


async def _waiting(service: Conversations, words: str = "person") -> str:
    started = await service.start("web", "en")
    await service.receive(started.conversation_id, message(words))
    return started.conversation_id


def _teller(database: Database, service: Conversations, watch: Watch, board: Board) -> Teller:
    return Teller(database, [board], service.broadcast, watch)


async def test_staff_are_told_once_by_two_processes_and_after_a_restart(database: Database) -> None:
    watch, board = Watch(), Board()
    async with _service(database, watch) as service:
        conversation_id = await _waiting(service)
        await _waiting(service, "hello")
        await asyncio.gather(*(_teller(database, service, watch, board).look() for _ in range(2)))
        watch.forward(hours=1)
        await _teller(database, service, watch, board).look()
    (alert,) = board.told
    assert (alert.conversation_id, alert.reason, alert.channel, alert.since) == (conversation_id, "asked", "web", NOON)


@pytest.mark.parametrize("keeps", [True, False], ids=["arrived", "lost"])
async def test_an_alert_whose_answer_was_lost_is_looked_up_and_told_once(
    sqlite_database: Database, keeps: bool
) -> None:
    watch, board = Watch(), Board()
    board.trouble, board.keeps_in_trouble = [UnclearError("cut")], keeps
    async with _service(sqlite_database, watch) as service:
        await _waiting(service)
        teller = _teller(sqlite_database, service, watch, board)
        for _ in range(3):
            await teller.look()
            watch.forward(seconds=30)
    assert len(board.told) == 1


async def test_a_place_that_cannot_be_asked_is_told_again_rather_than_never(sqlite_database: Database) -> None:
    watch, board = Watch(), Board()
    board.trouble, board.can_be_asked = [UnclearError("cut")], False
    async with _service(sqlite_database, watch) as service:
        await _waiting(service)
        teller = _teller(sqlite_database, service, watch, board)
        await teller.look()
        watch.forward(seconds=30)
        await teller.look()
    assert len(board.told) == 1 and board.asked == 1


async def test_a_place_in_trouble_is_left_alone_as_long_as_it_asks(sqlite_database: Database) -> None:
    watch, board = Watch(), Board()
    board.trouble = [NotSentError("ratelimited", retry_after=60)]
    async with _service(sqlite_database, watch) as service:
        await _waiting(service)
        teller = _teller(sqlite_database, service, watch, board)
        await teller.look()
        watch.forward(seconds=59)
        await teller.look()
        assert board.told == []
        watch.forward(seconds=1)
        await teller.look()
    assert len(board.told) == 1


async def test_what_a_place_refuses_is_not_told_again(sqlite_database: Database) -> None:
    watch, board = Watch(), Board()
    board.trouble = [RefusedError("unknown_address", "channel_not_found")]
    async with _service(sqlite_database, watch) as service:
        await _waiting(service)
        teller = _teller(sqlite_database, service, watch, board)
        for _ in range(2):
            await teller.look()
            watch.forward(hours=1)
    assert board.told == []
    async with sqlite_database.read() as session:
        assert (await session.execute(select(StaffAlert.state))).scalar_one() == "refused"


async def test_an_alert_of_a_process_that_died_is_taken_over(sqlite_database: Database) -> None:
    watch, board = Watch(), Board()
    async with _service(sqlite_database, watch) as service:
        await _waiting(service)
        teller = _teller(sqlite_database, service, watch, board)
        board.tell = _dies  # type: ignore[method-assign, assignment]
        with pytest.raises(asyncio.CancelledError):
            await teller.look()
        del board.tell
        await teller.look()
        assert board.told == []
        watch.now += timedelta(seconds=60)
        await teller.look()
    assert len(board.told) == 1


async def _dies(_alert: Alert, _now: datetime) -> None:
    raise asyncio.CancelledError


async def test_a_change_in_the_record_wakes_it(sqlite_database: Database) -> None:
    watch, board = Watch(), Board()
    rested: list[float] = []
    async with _service(sqlite_database, watch) as service:
        teller = Teller(sqlite_database, [board], service.broadcast, watch, sleep=_resting(rested))
        teller.start()
        await _waiting(service)
        async with asyncio.timeout(10):
            await board.was_called.wait()
        await teller.stop()
    assert set(rested) == {1.0, 15.0}


def _resting(rested: list[float]) -> Callable[[float], object]:
    async def sleep(seconds: float) -> None:
        rested.append(seconds)
        if seconds > 1:
            await asyncio.Event().wait()

    return sleep


async def test_without_a_way_nothing_runs(sqlite_database: Database) -> None:
    watch = Watch()
    async with _service(sqlite_database, watch) as service:
        teller = Teller(sqlite_database, [], service.broadcast, watch)
        before = asyncio.all_tasks()
        teller.start()
        assert asyncio.all_tasks() == before
        await teller.stop()
