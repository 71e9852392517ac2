"""The composition root: everything handed in, one application out. Nothing is opened or started here."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from weakref import WeakSet

from aiohttp import WSCloseCode, web

from bot.alerts.port import Alerting
from bot.alerts.teller import Teller
from bot.between.processes import Processes
from bot.channels import described
from bot.channels.flood import Flood
from bot.channels.intake import Intake
from bot.channels.kind import Parts, enabled
from bot.channels.port import Channel
from bot.channels.receiving import Receiving
from bot.channels.web import openapi
from bot.channels.web.routes import ROUTES, set_up_routes
from bot.channels.webhook import described as integrator
from bot.clock import Clock
from bot.conversations.dialogue_port import Dialogue
from bot.conversations.faults import whereabouts
from bot.conversations.handoff_desk import HandoffDesk
from bot.conversations.handover import Handover
from bot.conversations.limits import (
    CONVERSATIONS_PER_ADDRESS,
    IDENTITY_ATTEMPTS_PER_ADDRESS,
    LARGEST_GUIDANCE_BODY,
    MESSAGES_PER_CONVERSATION,
)
from bot.conversations.outbox.contacts import Contacts
from bot.conversations.outbox.receipts import Receipts
from bot.conversations.outbox.worker import OutboxWorker
from bot.conversations.recovery import Recovery
from bot.conversations.service import Conversations
from bot.db.engine import Database
from bot.desk import keys as desk_keys
from bot.desk.own import OwnDesk
from bot.desk.routes import set_up_desk
from bot.guidance.policy import Policy
from bot.handoff_desks.chatwoot.desk import chatwoot_desk
from bot.http import keys, origins, protection
from bot.http.access_log import access_log, keep_requests_out_of_the_log, name_request
from bot.http.metrics import STANDING
from bot.http.problems import problems
from bot.http.readiness import Readiness
from bot.http.standing import Standing
from bot.metrics.process import watch_process
from bot.privacy.sealing import Seal
from bot.settings import Settings
from bot.texts import Catalogue

_log = logging.getLogger(__name__)

CHANNELS: web.AppKey[dict[str, Channel]] = web.AppKey("channels")
OUTBOX = web.AppKey("outbox", OutboxWorker)
ALERTS = web.AppKey("alerts", Teller)
HANDOFF_DESK: web.AppKey[HandoffDesk] = web.AppKey("handoff_desk")
PROCESSES = web.AppKey("processes", Processes)
RECOVERY = web.AppKey("recovery", Recovery)


def create_app(
    settings: Settings,
    *,
    clock: Clock,
    database: Database,
    dialogue: Dialogue,
    policy: Policy,
    catalogue: Catalogue,
) -> web.Application:
    """The application, not started. Whoever opened `database` closes it after the application is cleaned up.

    Raises SettingsError where a setting of the desk's cannot be used.
    """
    keep_requests_out_of_the_log()
    app = web.Application(
        middlewares=[access_log, problems, origins.cross_origin], client_max_size=LARGEST_GUIDANCE_BODY
    )
    app[keys.SETTINGS] = settings
    app[keys.CLOCK] = clock
    app[keys.POLICY] = policy
    app[keys.CATALOGUE] = catalogue
    processes = app[PROCESSES] = Processes(database, clock, settings.redis_url, settings.secret_key)
    conversations = Conversations(
        database,
        dialogue,
        catalogue,
        clock,
        settings.secret_key,
        broadcast=processes.broadcast,
        locks=processes.locks,
    )
    handover = Handover(database, conversations, catalogue, clock)
    app[keys.CONVERSATIONS] = conversations
    app[keys.READINESS] = Readiness(database, dialogue, processes.missing)
    app[RECOVERY] = Recovery(conversations, database, processes.locks)
    limits = app[keys.LIMITS] = processes.limits
    app[keys.MESSAGE_LIMITER] = limits.limiter("messages", MESSAGES_PER_CONVERSATION)
    app[keys.START_LIMITER] = limits.limiter("starts", CONVERSATIONS_PER_ADDRESS)
    app[keys.IDENTITY_LIMITER] = limits.limiter("identity", IDENTITY_ATTEMPTS_PER_ADDRESS)
    app[keys.SOCKETS] = WeakSet()
    app[STANDING] = Standing(database, clock)
    set_up_routes(app)
    app[desk_keys.DATABASE] = database
    app[desk_keys.HANDOVER] = handover
    set_up_desk(app)
    seal = Seal(settings.secret_key)
    channels = app[CHANNELS] = enabled(Parts(settings, catalogue))
    intake = Intake(
        conversations,
        Contacts(database, seal, clock),
        database,
        catalogue,
        policy=policy,
        clock=clock,
        flood=Flood(limits),
    )
    receipts = Receipts(database, conversations.broadcast, clock)
    receiving = Receiving(channels, intake, receipts, clock, settings.public_url)
    calls = described.routes(receiving.receive)
    for call in calls:
        app.router.add_route(call.method, call.path, call.handler)
    app[keys.OPENAPI] = openapi.document((*ROUTES, *calls, integrator.route(receiving.receive)), integrator.OUR_CALLS)
    app[OUTBOX] = OutboxWorker(database, channels, conversations.broadcast, seal, clock)
    ways = [each.alert_way() for each in channels.values() if isinstance(each, Alerting)]
    app[ALERTS] = Teller(database, [each for each in ways if each is not None], conversations.broadcast, clock)
    staff_work_at: HandoffDesk = OwnDesk()
    if settings.handoff_desk == "chatwoot":
        staff_work_at = chatwoot_desk(
            settings,
            database=database,
            handover=handover,
            broadcast=conversations.broadcast,
            clock=clock,
            catalogue=catalogue,
            lead=processes.led,
        )
    app[HANDOFF_DESK] = staff_work_at
    for method, path, handler in staff_work_at.routes():
        app.router.add_route(method, path, handler)
    app.on_response_prepare.append(origins.allow)
    app.on_response_prepare.append(protection.protect)
    app.on_response_prepare.append(name_request)
    app.on_shutdown.append(_close_sockets)
    app.cleanup_ctx.append(_watched)
    app.cleanup_ctx.append(_processes)
    app.cleanup_ctx.append(_turns)
    app.cleanup_ctx.append(_handoff_desk)
    app.cleanup_ctx.append(_outbox)
    app.cleanup_ctx.append(_alerts)
    return app


async def _watched(_app: web.Application) -> AsyncIterator[None]:
    watching = asyncio.create_task(watch_process())
    yield
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching


async def _handoff_desk(app: web.Application) -> AsyncIterator[None]:
    await app[HANDOFF_DESK].start()
    yield
    await app[HANDOFF_DESK].stop()


async def _outbox(app: web.Application) -> AsyncIterator[None]:
    """Stops before the turns in flight are waited for: what they say is delivered after the next start."""
    app[OUTBOX].start()
    yield
    await app[OUTBOX].stop()
    for channel in app[CHANNELS].values():
        await channel.close()


async def _alerts(app: web.Application) -> AsyncIterator[None]:
    app[ALERTS].start()
    yield
    await app[ALERTS].stop()


async def _processes(app: web.Application) -> AsyncIterator[None]:
    """First begun and last ended: whatever happens here is told to the other processes."""
    await app[PROCESSES].start()
    yield
    await app[PROCESSES].stop()


async def _turns(app: web.Application) -> AsyncIterator[None]:
    """Answers what was left behind while the guide is serving already; in the end waits for turns in flight.

    Where there is no other process, what is unanswered at the start was left behind.
    """
    processes, recovery = app[PROCESSES], app[RECOVERY]
    at_once = asyncio.create_task(_recover(app[keys.CONVERSATIONS])) if processes.is_alone else None
    led = processes.led("recovery", recovery.start, recovery.stop, lambda word: None)
    await led.start()
    yield
    await led.stop()
    if at_once is not None:
        await at_once
    await app[keys.CONVERSATIONS].finish()


async def _recover(conversations: Conversations) -> None:
    try:
        count = await conversations.recover()
    except Exception as error:  # noqa: BLE001 - serving matters more; the messages stay unanswered and can be asked again
        _log.error("recovery failed: %s", whereabouts(error))
    else:
        if count:
            _log.info("answered what was left unanswered in %d conversations", count)


async def _close_sockets(app: web.Application) -> None:
    for socket in [*app[keys.SOCKETS]]:
        with suppress(ConnectionError):
            await socket.close(code=WSCloseCode.GOING_AWAY, message=b"the guide restarts")
