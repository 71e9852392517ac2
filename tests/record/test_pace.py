"""The pauses after failures."""

import asyncio

from bot.conversations.pace import Pace, growing


async def test_pauses_grow_to_a_minute_and_begin_anew_when_it_worked() -> None:
    gate = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        await gate.wait()

    pace, pauses = Pace(sleep), []
    for _ in range(8):
        pauses.append(pace.failed(None))
        assert pace.failed(None) is None
        gate.set()
        await pace.ready()
        gate.clear()
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    pace.worked()
    assert pace.failed(90) == 90
    pace.worked()
    waiting = asyncio.create_task(pace.ready())
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()
    await pace.stop()


def test_growing_is_bounded_however_often_it_failed() -> None:
    assert [growing(failures) for failures in (1, 2, 10_000)] == [5, 10, 300]
