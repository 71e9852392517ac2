"""A worker as its supervisor sees it."""

import asyncio
import os
import signal
import socket
from collections.abc import Sequence

from bot.metrics.shared import forget
from bot.workers.worker import READY, Worker

END_SECONDS = 60.0
"""A worker finishes what is in flight, at most one hanging answer and its apology; then it is killed."""


class Child:
    """One worker process."""

    def __init__(self, process: asyncio.subprocess.Process, said: asyncio.StreamReader, living: int) -> None:
        self._process = process
        self._said = said
        self._living: int | None = living

    @classmethod
    async def start(cls, command: Sequence[str], sock: socket.socket) -> "Child":
        """Starts a worker on the port `sock`."""
        hearing, saying = os.pipe()
        living_there, living = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                "--worker",
                Worker(sock.fileno(), saying, living_there).argument,
                pass_fds=(sock.fileno(), saying, living_there),
                # A Ctrl-C is the supervisor's to pass on; heard twice, it would end a worker at once.
                process_group=0,
            )
        finally:
            os.close(saying)
            os.close(living_there)
        said = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(said), os.fdopen(hearing, "rb", buffering=0)
        )
        return cls(process, said, living)

    async def failure(self) -> str | None:
        """Waits for its first words: None when it is ready, else why it cannot be."""
        line = (await self._said.readline()).decode(errors="replace").strip()
        if line == READY:
            return None
        return line or "a worker ended before it was ready; see the log above"

    async def wait(self) -> int:
        """Waits until it has ended; gives its exit code, negative for a signal."""
        code = await self._process.wait()
        forget(self._process.pid)
        return code

    async def end(self) -> None:
        """Asks it to end, waits until it has, and kills it where it does not."""
        self._signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self.wait(), END_SECONDS)
        except TimeoutError:
            self._signal(signal.SIGKILL)
            await self.wait()
        if self._living is not None:
            os.close(self._living)
            self._living = None

    def _signal(self, number: signal.Signals) -> None:
        if self._process.returncode is None:
            self._process.send_signal(number)
