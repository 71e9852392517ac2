"""The guide in two processes, with a PostgreSQL and a Redis that can be taken from it."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psutil
import redis as redis_client

from bot.between.relay import CHANNEL
from bot.clock import system_clock
from bot.dialogue.model import ModelError, usable_model
from bot.settings import load_settings
from tests.channels.webhook.fake_webhook import SECRET
from tests.databases import PostgresServer
from tests.faults.integrator import Integrator, free_port
from tests.redis_server import RedisServer
from tests.servers import GuideServer

WORKERS = 2


class ManyProcesses(GuideServer):
    """`nexus-guide up` with workers.

    `ahead` is how far its clock is before the real one at the next start, `count` how many.
    """

    def __init__(self, data_dir: Path, postgres: PostgresServer, redis: RedisServer) -> None:
        self.database_url = postgres.empty_database()
        postgres.flushes_commits(self.database_url)
        self.postgres = postgres
        self.redis = redis
        self.integrator = Integrator(free_port())
        self.ahead = timedelta()
        self.count = WORKERS
        super().__init__(
            data_dir,
            environment={
                "DATABASE_URL": self.database_url,
                "REDIS_URL": redis.url,
                "WEBHOOK_URL": self.integrator.url,
                "WEBHOOK_SECRET": SECRET,
                "SECRET_KEY": "a key for tests, the same in every process",
                # As in a container with a core: with more threads the processes would wait for each other.
                "OMP_NUM_THREADS": "1",
            },
        )

    def workers(self) -> list[psutil.Process]:
        """The processes that serve, or are about to."""
        children = psutil.Process(self.pid).children()
        return [each for each in children if is_alive(each) and "--worker" in each.cmdline()]

    def serving(self) -> int:
        """How many have come so far that they hear of each other."""
        with redis_client.Redis.from_url(self.redis.url) as client:
            [(_, count)] = client.pubsub_numsub(CHANNEL)
        return int(count)

    def kill_all(self) -> None:
        """Ends every process with SIGKILL, the supervisor first."""
        workers = self.workers()
        self.kill()
        for worker in workers:
            kill(worker)
        deadline = time.monotonic() + 10
        while any(is_alive(worker) for worker in workers):
            assert time.monotonic() < deadline, "a killed process lives"
            time.sleep(0.02)

    def start_while_others_migrate(self) -> None:
        """Starts on an empty database while a command makes its tables, too."""
        with ThreadPoolExecutor(1) as thread:
            migrating = thread.submit(self._run, "migrate")
            self.start()
            migrating.result()

    def train(self) -> None:
        """Trains where the model is stale."""
        try:
            usable_model(load_settings().model_dir)
        except ModelError:
            self._run("train", seconds=900)

    def _environment(self) -> dict[str, str]:
        clock_start = (system_clock() + self.ahead).isoformat() if self.ahead else ""
        return {**super()._environment(), "CLOCK_START": clock_start, "WORKERS": str(self.count)}


def is_alive(process: psutil.Process) -> bool:
    """Whether it runs; one that ended and that nobody has asked about yet does not."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def kill(process: psutil.Process) -> None:
    """Ends it with SIGKILL, where it has not ended already."""
    try:
        os.kill(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


@contextmanager
def running(server: ManyProcesses) -> Iterator[None]:
    """Starts it on its empty database, and ends it whatever happens."""
    server.start_while_others_migrate()
    try:
        yield
    finally:
        server.kill_all()
