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


async def test_who_watches_what_is_done_here_does_not_hear_of_other_processes() -> None:
    broadcast = Broadcast()
    with broadcast.watch_all(here_only=True) as here:
        assert not broadcast.all_are_watched
        broadcast.hear("theirs", Changed())
        broadcast.tell("ours", Typing(True))
        broadcast.tell("ours", Changed())
        with broadcast.watch_all() as everywhere:
            assert broadcast.all_are_watched
            broadcast.hear("theirs", Changed())
            broadcast.tell("ours", Changed())
            assert await everywhere.next() == {"theirs", "ours"}
        assert await here.next() == {"ours"}
    broadcast.tell("ours", Changed())
