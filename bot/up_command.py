"""`nexus-guide up`: everything in one process, on one port."""

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING

import click
import msgspec

from bot import cli
from bot.settings import ROOT, Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from aiohttp import web

    from bot.dialogue.host import GuideDialogue
    from bot.dialogue.resources import Resources

_log = logging.getLogger(__name__)
_FINISH_SECONDS = 40.0
"""How long requests in flight may take when the guide is stopped: one hanging answer and its apology."""


class StartError(Exception):
    """The guide cannot start; the message is one sentence that says what is wrong and what to do."""


@click.command()
def up() -> None:
    """Start the guide: the page, the API and the dialogue."""
    try:
        settings = load_settings()
        _log_to_stderr(settings.log_level)
        asyncio.run(_run(settings))
    except (SettingsError, StartError) as error:
        cli.stop(str(error))


async def _run(settings: Settings) -> None:
    with _stop_signals() as stop, _listening(settings) as sock:
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

    from bot.channels.web import keys

    async with _application(settings) as app:
        if stop.is_set():
            return
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=_FINISH_SECONDS)
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
    """The application with everything it rests on, opened in order and closed again. Raises StartError."""
    from bot.app import create_app
    from bot.clock import clock_from
    from bot.db.engine import DatabaseError, open_database
    from bot.db.migrate import upgrade
    from bot.dialogue.model import ModelError, usable_model
    from bot.dialogue.resources import Resources
    from bot.policy import PolicyError, load_all
    from bot.texts import Catalogue, WordingError

    try:
        clock = clock_from(settings.clock_start)
        known = load_all()
        catalogue = Catalogue.load(ROOT / "data" / "responses")
        await asyncio.to_thread(usable_model, settings.model_dir)
        await upgrade(settings.database_url)
        database = await open_database(settings.database_url)
    except (DatabaseError, ModelError, PolicyError, WordingError, ValueError) as error:
        raise StartError(str(error)) from error
    try:
        _log.info("loading the model")
        # In a thread, so that the guide can be stopped while it loads.
        dialogue = await asyncio.to_thread(_load, Resources(settings, database, known, catalogue, clock))
        yield create_app(
            settings, clock=clock, database=database, dialogue=dialogue, policy=known.policy, catalogue=catalogue
        )
    except ModelError as error:
        raise StartError(str(error)) from error
    finally:
        await database.close()


def _load(resources: "Resources") -> "GuideDialogue":
    # Last of all, because importing Rasa takes seconds: what is wrong with model or database is said before.
    from bot.dialogue.quiet import quiet_rasa

    quiet_rasa()

    from bot.dialogue.host import load_dialogue

    return load_dialogue(resources)


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


def _log_to_stderr(level: str) -> None:
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s", force=True)
    # Only ours speak at the level asked for: libraries log whole requests and messages at DEBUG and INFO.
    logging.getLogger("bot").setLevel(level)
