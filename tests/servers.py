"""The real guide in a process of its own: `nexus-guide up` with the trained model, a database and the sample register.

Its clock starts at `CLOCK_START` and runs on, also over a restart, so the sample's days are the same in every run.
"""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.settings import ROOT
from tests.training import one_at_a_time

CLOCK_START = datetime.fromisoformat("2026-11-21T09:00:00-05:00")
"""A Saturday morning in Ottawa."""
STAFFED_HOURS = "Mon-Fri 08:00-18:00"
"""Nobody reads on a Saturday."""

_READY_SECONDS = 120.0
_STOP_SECONDS = 60.0
_TRAIN_SECONDS = 900.0


class ServerError(AssertionError):
    """The guide did not do as it should; the message holds the end of its log."""


class GuideServer:
    """One running guide. `url` has no slash at its end; `log` is what it wrote to standard error so far."""

    def __init__(
        self, data_dir: Path, staffed_hours: str = STAFFED_HOURS, *, environment: Mapping[str, str] | None = None
    ) -> None:
        """`environment` holds further settings, such as DATABASE_URL, REDIS_URL and WORKERS."""
        self.data_dir = data_dir
        self._more = dict(environment or {})
        self._staffed_hours = staffed_hours
        self.url = ""
        self._port = 0
        self._log_file = data_dir / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._first_start: datetime | None = None

    @property
    def log(self) -> str:
        return self._log_file.read_text(encoding="utf-8", errors="replace") if self._log_file.exists() else ""

    @property
    def pid(self) -> int:
        assert self._process is not None, "the guide does not run"
        return self._process.pid

    def now(self) -> datetime:
        """What the guide's clock shows, within a second or so."""
        passed = datetime.now(UTC) - self._first_start if self._first_start else timedelta()
        return CLOCK_START + passed

    def prepare(self) -> None:
        """Trains if the model is stale, makes the tables, loads the sample register."""
        with one_at_a_time():
            self._run("train", seconds=_TRAIN_SECONDS)
        self._run("migrate")
        self._run("applicants", "sample")

    def add_staff(self, email: str, name: str, language: str) -> str:
        """Makes an account for the desk by the command line, and gives its one-time password."""
        said = self._run("staff", "add", email, "--name", name, "--language", language)
        return said.partition("one-time password: ")[2].splitlines()[0]

    def start(self) -> None:
        """Starts the guide and waits until it is ready; on the same port as before, if it ran before."""
        assert self._process is None, "the guide runs already"
        environment = self._environment()
        self._first_start = self._first_start or datetime.now(UTC)
        with self._log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [*_GUIDE, "up"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log
            )
        self.url = self._ready_url().removesuffix("/")
        self._port = int(self.url.rpartition(":")[2])

    def stop(self) -> None:
        """Asks the guide to stop, and waits until it has."""
        if self._process is not None:
            self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Ends the guide with SIGKILL; nothing is finished or flushed. `restart` brings it back."""
        if self._process is not None:
            self._end(signal.SIGKILL)

    def replace_workers(self) -> None:
        """Asks the workers' supervisor for new ones, one after the other; does not wait for them."""
        assert self._process is not None, "the guide does not run"
        self._process.send_signal(signal.SIGHUP)

    def restart(self) -> None:
        """Stops the guide if it still runs, and starts it on the same data and the same port."""
        self.stop()
        self.start()

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        assert process is not None
        process.send_signal(how)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise ServerError(f"the guide did not stop in {_STOP_SECONDS:.0f} s\n{self.log[-4000:]}") from None
        finally:
            if process.stdout is not None:
                process.stdout.close()

    def _ready_url(self) -> str:
        """The address after `ready:`, the one line the guide prints."""
        process = self._process
        assert process is not None
        assert process.stdout is not None
        deadline = time.monotonic() + _READY_SECONDS
        line = b""
        while not line.endswith(b"\n") and time.monotonic() < deadline:
            if select.select([process.stdout], [], [], 0.5)[0]:
                piece = os.read(process.stdout.fileno(), 4096)
                if not piece:
                    break
                line += piece
        text = line.decode(errors="replace").strip()
        if not text.startswith("ready: "):
            self.kill()
            raise ServerError(f"the guide did not say that it is ready, but {text!r}\n{self.log[-4000:]}")
        return text.removeprefix("ready: ")

    def _run(self, *arguments: str, seconds: float = 120.0) -> str:
        done = subprocess.run(
            [*_GUIDE, *arguments],
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        if done.returncode != 0:
            raise ServerError(f"nexus-guide {' '.join(arguments)} ended with {done.returncode}\n{done.stderr[-4000:]}")
        return done.stdout

    def _environment(self) -> dict[str, str]:
        theirs = {name: value for name, value in os.environ.items() if name not in _OURS}
        return {
            **theirs,
            "HOST": "127.0.0.1",
            "PORT": str(self._port),
            "DATA_DIR": str(self.data_dir),
            "CLOCK_START": self.now().isoformat(),
            "STAFFED_HOURS": self._staffed_hours,
            "RASA_TELEMETRY_ENABLED": "false",
            **self._more,
        }


_GUIDE = [sys.executable, "-m", "bot.cli"]
_OURS = {
    "HOST",
    "PORT",
    "DATA_DIR",
    "DATABASE_URL",
    "REDIS_URL",
    "WORKERS",
    "PUBLIC_URL",
    "SECRET_KEY",
    "CLOCK_START",
    "WEB_ORIGINS",
}


@contextmanager
def running_guide(data_dir: Path, staffed_hours: str = STAFFED_HOURS) -> Iterator[GuideServer]:
    """A guide on data of its own, ready for visitors; stopped in the end, whatever happens."""
    server = GuideServer(data_dir, staffed_hours)
    server.prepare()
    server.start()
    try:
        yield server
    finally:
        server.stop()
