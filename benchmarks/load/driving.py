"""The other end of the generator: starts it, and asks it to talk."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from benchmarks.load.generator import Answer, Begin, Begun, Command, Listening, Quit, Talk, Told
from benchmarks.load.sums import Stretch
from bot.settings import ROOT


class GeneratorError(Exception):
    """The generator ended; what it said is on standard error."""


class Driver:
    """A generator under way. `listening` is where its integrator is called."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        answer = self._answer()
        assert isinstance(answer, Listening)
        self.listening = answer

    def begin(self, url: str, conversations: int) -> None:
        """Opens conversations with the guide."""
        assert isinstance(self._ask(Begin(url, conversations)), Begun)

    def talk(self, rate: float, *, warm: float, seconds: float, renew: bool = False) -> Stretch:
        """Talks for a while."""
        told = self._ask(Talk(rate, warm, seconds, renew))
        assert isinstance(told, Told)
        return told.stretch

    def _ask(self, command: Command) -> Answer:
        self.send(command)
        return self._answer()

    def send(self, command: Command) -> None:
        """Gives a command without waiting."""
        assert self._process.stdin is not None
        self._process.stdin.write(msgspec.json.encode(command) + b"\n")
        self._process.stdin.flush()

    def _answer(self) -> Answer:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise GeneratorError(f"the generator ended with status {self._process.wait()}")
        return msgspec.json.decode(line, type=Answer)


@contextmanager
def generator() -> Iterator[Driver]:
    """A generator in a process of its own until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.load.generator"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        driver = Driver(process)
        yield driver
        driver.send(Quit())
    finally:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
