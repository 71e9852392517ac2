"""`nexus-guide up`: everything in one process, on one port."""

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING

import click
import msgspec

from bot import cli
from bot.logs.set_up import log_failures_of_the_loop, log_to_stderr
from bot.opening import StartError, opened
from bot.settings import Settings, SettingsError, load_settings
from bot.tracing.export import exported

if TYPE_CHECKING:
    from aiohttp import web

_log = logging.getLogger(__name__)
_FINISH_SECONDS = 40.0
"""How long requests in flight may take when the guide is stopped: one hanging answer and its apology."""

_IDLE_SECONDS = 75.0
"""How long a connection may wait between requests or before its first, or dead ones would use up the open files."""


@click.command()
def up() -> None:
    """Start the guide: the page, the API and the dialogue."""
    try:
        settings = load_settings()
        _log_to_stderr(settings)
        asyncio.run(_run(settings))
    except (SettingsError, StartError) as error:
        cli.stop(str(error))


async def _run(settings: Settings) -> None:
    log_failures_of_the_loop()
    with exported(settings.otel_exporter_otlp_endpoint), _stop_signals() as stop, _listening(settings) as sock:
        port = sock.getsockname()[1]
        if settings.port != port:
            address = settings.public_url.removesuffix(f":{settings.port}")
            public_url = f"{address}:{port}" if address != settings.public_url else settings.public_url
            settings = msgspec.structs.replace(settings, port=port, public_url=public_url)
        starting = asyncio.create_task(_serve_until(stop, settings, sock))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        await starting


async def _serve_until(stop: asyncio.Event, settings: Settings, sock: socket.socket) -> None:
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
            await _open_port(runner, sock, settings)
            ready = await app[keys.READINESS].look()
            if not ready.ready:
                raise StartError(f"the guide is not ready: missing {', '.join(ready.missing)}; see the log above")
            click.echo(f"ready: http://{_shown_host(settings.host)}:{settings.port}/")
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


async def _open_port(runner: "web.AppRunner", sock: socket.socket, settings: Settings) -> None:
    from aiohttp import web

    try:
        await web.SockSite(runner, sock).start()
    except OSError as error:
        # Another process may have bound the same port while this one was loading.
        raise _cannot_listen(settings, error) from error


def _cannot_listen(settings: Settings, error: OSError) -> StartError:
    return StartError(
        f"cannot listen on {settings.host} port {settings.port} ({error.strerror or error}); "
        "stop what uses it, or choose another with HOST and PORT"
    )


def _shown_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@contextmanager
def _stop_signals() -> Iterator[asyncio.Event]:
    """An event that is set by SIGTERM or SIGINT; a second signal ends the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask() -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ask)
    try:
        yield stop
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            with suppress(RuntimeError):
                loop.remove_signal_handler(number)


def _log_to_stderr(settings: Settings) -> None:
    try:
        log_to_stderr(settings.log_level.upper(), settings.log_format)
    except ValueError as error:
        raise SettingsError(
            f"setting LOG_LEVEL: expected DEBUG, INFO, WARNING or ERROR, got {settings.log_level}"
        ) from error
