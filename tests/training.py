"""Tests in several processes train one after the other: at once, they would do the work twice, into one folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import ROOT


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Waits until no other process is in here. Within, train only if the model is stale."""
    file = ROOT / ".rasa" / "tests.lock"
    file.parent.mkdir(exist_ok=True)
    with file.open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
