"""Telling watchers."""

from bot.conversations.broadcast import Broadcast, Changed, Delivered, Typing


async def test_a_watcher_that_is_slow_misses_no_change() -> None:
    broadcast = Broadcast()
    with broadcast.watch("c") as watcher:
        for n in range(1000):
            broadcast.tell("c", Changed())
            broadcast.tell("c", Delivered("x", n))
        assert await watcher.next() == Changed()
        broadcast.tell("c", Typing(True))
        assert await watcher.next() == Delivered("x", 745)
    assert len(broadcast) == 0
