"""`nexus-guide up`: everything in one process, on one port; with `--workers` in several of them, on the same port."""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
import msgspec

from bot import cli
from bot.logs.set_up import log_failures_of_the_loop, log_to_stderr
from bot.metrics.shared import prepare_shared
from bot.opening import StartError, opened
from bot.settings import Settings, SettingsError, load_settings
from bot.tracing.export import exported
from bot.workers.memory import one_arena
from bot.workers.supervisor import Supervisor, WorkersError
from bot.workers.threads import one_each
from bot.workers.worker import KERNEL_QUEUE, READY, Worker

if TYPE_CHECKING:
    from aiohttp import web

_log = logging.getLogger(__name__)
_FINISH_SECONDS = 40.0
"""How long requests in flight may take when the guide is stopped: one hanging answer and its apology."""

_STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_IDLE_SECONDS = 75.0
"""How long a connection may wait between requests or before its first, or dead ones would use up the open files."""


@click.command()
@click.option("--workers", type=click.IntRange(1), help="Processes on this machine that share the port [WORKERS].")
@click.option("--worker", "inherited", hidden=True, help="What a worker has from its supervisor.")
def up(workers: int | None, inherited: str | None) -> None:
    """Start the guide: the page, the API and the dialogue."""
    one_each(os.environ)
    one_arena(os.environ)
    worker = Worker.parse(inherited) if inherited else None
    try:
        settings = load_settings()
        _log_to_stderr(settings)
        count = workers or settings.workers
        if worker is None and count > 1:
            asyncio.run(_supervise(settings, count))
        else:
            asyncio.run(_run(settings, worker))
    except (SettingsError, StartError) as error:
        if worker is not None:
            worker.say(str(error))
            sys.exit(1)
        cli.stop(str(error))


async def _supervise(settings: Settings, count: int) -> None:
    """Serves by `count` processes. Raises StartError."""
    if count > 1 and (not settings.redis_url or settings.database_url.startswith("sqlite")):
        raise StartError(
            f"{count} workers need a database and a Redis that they share; "
            "set DATABASE_URL=postgresql+asyncpg://… and REDIS_URL=redis://…, or leave WORKERS at 1"
        )
    with _listening(settings) as sock, TemporaryDirectory(prefix="nexus-guide-") as metrics:
        settings = _with_port_of(sock, settings)
        prepare_shared(Path(metrics))
        try:
            await Supervisor([sys.executable, "-m", "bot.cli", "up"], sock, count).run(lambda: _say_ready(settings))
        except WorkersError as error:
            raise StartError(str(error)) from error


async def _run(settings: Settings, worker: Worker | None = None) -> None:
    log_failures_of_the_loop()
    listening = _listening(settings) if worker is None else worker.listening()
    with (
        exported(settings.otel_exporter_otlp_endpoint),
        _stop_signals() as stop,
        listening as sock,
        ExitStack() as stack,
    ):
        if worker is not None:
            stack.enter_context(worker.orphaned(stop.set))
        settings = _with_port_of(sock, settings)
        _be_the_only_one(settings, stack)
        starting = asyncio.create_task(_serve_until(stop, settings, sock, worker))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        await starting


def _with_port_of(sock: socket.socket, settings: Settings) -> Settings:
    """Settings with the port in use where any would do."""
    port = sock.getsockname()[1]
    if settings.port == port:
        return settings
    address = settings.public_url.removesuffix(f":{settings.port}")
    public_url = f"{address}:{port}" if address != settings.public_url else settings.public_url
    return msgspec.structs.replace(settings, port=port, public_url=public_url)


def _be_the_only_one(settings: Settings, stack: ExitStack) -> None:
    """Refuses to serve a SQLite database that another guide serves. Raises StartError."""
    from bot.db.address import read_address
    from bot.db.error import DatabaseError
    from bot.db.sole import sole_process

    try:
        stack.enter_context(sole_process(read_address(settings.database_url)))
    except DatabaseError as error:
        raise StartError(str(error)) from error


async def _serve_until(stop: asyncio.Event, settings: Settings, sock: socket.socket, worker: Worker | None) -> None:
    # Heavy, so that `--help` and a port in use are told at once.
    from aiohttp import web

    from bot.http import keys

    async with _application(settings) as app:
        if stop.is_set():
            return
        runner = web.AppRunner(
            app,
            access_log=None,
            handle_signals=False,
            shutdown_timeout=_FINISH_SECONDS,
            keepalive_timeout=_IDLE_SECONDS,
        )
        await runner.setup()
        try:
            await _open_port(runner, sock, settings, is_shared=worker is not None)
            ready = await app[keys.READINESS].look()
            if not ready.ready:
                raise StartError(f"the guide is not ready: missing {', '.join(ready.missing)}; see the log above")
            if worker is not None:
                worker.say(READY)
            else:
                _say_ready(settings)
            await stop.wait()
            _log.info("stopping: finishing what is in flight")
        finally:
            await runner.cleanup()


@asynccontextmanager
async def _application(settings: Settings) -> "AsyncIterator[web.Application]":
    """The application with everything it rests on. Raises StartError."""
    from bot.app import create_app

    async with opened(settings) as (resources, dialogue):
        yield create_app(
            settings,
            clock=resources.clock,
            database=resources.database,
            dialogue=dialogue,
            policy=resources.policy,
            catalogue=resources.wording,
        )


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """The port, taken before anything slow is done. Raises StartError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        sock = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_listen(settings, error) from error
    with sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(address)
        except OSError as error:
            raise _cannot_listen(settings, error) from error
        yield sock


async def _open_port(runner: "web.AppRunner", sock: socket.socket, settings: Settings, *, is_shared: bool) -> None:
    from aiohttp import web

    try:
        # Of a port that is shared, each takes one connection at a time, or the first awake would take a burst alone.
        await web.SockSite(runner, sock, backlog=1 if is_shared else KERNEL_QUEUE).start()
        sock.listen(KERNEL_QUEUE)
    except OSError as error:
        # Another process may have bound the same port while this one was loading.
        raise _cannot_listen(settings, error) from error


def _cannot_listen(settings: Settings, error: OSError) -> StartError:
    return StartError(
        f"cannot listen on {settings.host} port {settings.port} ({error.strerror or error}); "
        "stop what uses it, or choose another with HOST and PORT"
    )


def _say_ready(settings: Settings) -> None:
    click.echo(f"ready: http://{_shown_host(settings.host)}:{settings.port}/")


def _shown_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@contextmanager
def _stop_signals() -> Iterator[asyncio.Event]:
    """An event that is set by SIGTERM, SIGINT or SIGHUP; a second signal ends the process at once.

    A supervisor takes SIGHUP for replacing its workers; one process by itself can only end, and be started again.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask() -> None:
        for number in _STOP_SIGNALS:
            loop.remove_signal_handler(number)
        stop.set()

    for number in _STOP_SIGNALS:
        loop.add_signal_handler(number, ask)
    try:
        yield stop
    finally:
        for number in _STOP_SIGNALS:
            with suppress(RuntimeError):
                loop.remove_signal_handler(number)


def _log_to_stderr(settings: Settings) -> None:
    try:
        log_to_stderr(settings.log_level.upper(), settings.log_format)
    except ValueError as error:
        raise SettingsError(
            f"setting LOG_LEVEL: expected DEBUG, INFO, WARNING or ERROR, got {settings.log_level}"
        ) from error
