"""What a worker has from its supervisor: the port, a way to say that it is ready, and the sign that both still live."""

import asyncio
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

READY = "ready"
KERNEL_QUEUE = 1024
"""Connections that wait to be accepted: a burst of travellers after an announcement."""


@dataclass(frozen=True)
class Worker:
    """File descriptors inherited from the supervisor: the port, where to write to it, what ends when it does."""

    port: int
    saying: int
    living: int

    @classmethod
    def parse(cls, text: str) -> "Worker":
        """As `argument` wrote it."""
        return cls(*(int(part) for part in text.split(",")))

    @property
    def argument(self) -> str:
        """For the command line of the worker."""
        return f"{self.port},{self.saying},{self.living}"

    @contextmanager
    def listening(self) -> Iterator[socket.socket]:
        """The port, which all workers share."""
        with socket.socket(fileno=self.port) as sock:
            yield sock

    def say(self, word: str) -> None:
        """Says one line to the supervisor: that it is ready, or the sentence why it cannot be."""
        os.write(self.saying, f"{word}\n".encode())

    @contextmanager
    def orphaned(self, stop: Callable[[], None]) -> Iterator[None]:
        """Calls `stop` when the supervisor is no more, however it ended."""
        loop = asyncio.get_running_loop()

        def ended() -> None:
            loop.remove_reader(self.living)
            stop()

        loop.add_reader(self.living, ended)
        try:
            yield
        finally:
            loop.remove_reader(self.living)
