"""The line of conversations that have something to do."""

import asyncio

from bot.handoff_desks.chatwoot.due import Due


async def test_each_stands_in_line_once() -> None:
    due = Due()
    for each in ("a", "b", "a"):
        due.add(each)
    assert [await due.take(), await due.take()] == ["a", "b"]
    for each in ("a", "b"):
        due.done(each)
    assert due.idle


async def test_one_that_is_worked_on_is_never_worked_on_twice_at_once_but_comes_again() -> None:
    due = Due()
    due.add("a")
    assert await due.take() == "a"
    due.add("a")
    waiting = asyncio.create_task(due.take())
    await asyncio.sleep(0)
    assert not waiting.done()
    due.done("a")
    assert await waiting == "a"
    due.done("a")
    assert due.idle
