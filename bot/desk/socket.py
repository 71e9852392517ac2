"""`GET /desk/ws`: what changes, told at once to whoever is signed in.

The guard has checked origin and session. The session is checked again with every frame that comes, before anything is
told, and at least every `CHECK_SECONDS`: a socket outlives no session.
"""

import asyncio
import logging
from collections import Counter
from contextlib import suppress

import msgspec
from aiohttp import WSCloseCode, WSMsgType, web

from bot.conversations import broadcast
from bot.conversations.faults import whereabouts
from bot.conversations.limits import LARGEST_BODY
from bot.desk import keys, socket_frames
from bot.desk.following import Changes, NotVisibleError, Watched
from bot.desk.signed_in import signed_in_with
from bot.desk.visible import visible
from bot.http import keys as http_keys
from bot.http.body import convert, decode
from bot.http.problems import Problem, malformed
from bot.metrics.instruments import SOCKETS

_log = logging.getLogger(__name__)

CHECK_SECONDS = 30.0
"""How long a socket on which nothing happens may outlive its session."""

HEARTBEAT_SECONDS = 25.0
CALM_SECONDS = 0.2
"""Between two tellings of what changed: many changes at once are one look at the record."""

MOST_SOCKETS = 20
"""Of one staff member: a desk's tabs, and what a broken line leaves behind until its heartbeat finds it dead."""

SIGNED_OUT = 4401
"""The code a socket is closed with whose session ended."""

_FRAMES: dict[str, type[socket_frames.FromClient]] = {
    "watch": socket_frames.Watch,
    "unwatch": socket_frames.Unwatch,
    "typing": socket_frames.WriteSign,
    "read": socket_frames.ReadMark,
    "ping": socket_frames.Ping,
}


class Places:
    """How many sockets each staff member has open, in this process."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def take(self, staff_id: str) -> None:
        """Takes a place. Raises Problem 429 where all are taken."""
        if self._taken[staff_id] >= MOST_SOCKETS:
            raise Problem(429, "too-many", f"expected at most {MOST_SOCKETS} open desks; close another first")
        self._taken[staff_id] += 1

    def give_back(self, staff_id: str) -> None:
        """Gives a place back."""
        self._taken[staff_id] -= 1
        if not self._taken[staff_id]:
            del self._taken[staff_id]


class _SignedOutError(Exception):
    """The session ended."""


async def watch(request: web.Request) -> web.StreamResponse:
    """Tells a signed-in staff member what happens."""
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=LARGEST_BODY, compress=False)
    if not socket.can_prepare(request):
        raise Problem(426, "no-websocket", "this address speaks WebSocket only", headers={"Upgrade": "websocket"})
    places, staff_id = request.app[keys.PLACES], request[keys.STAFF].actor.id
    places.take(staff_id)
    try:
        await socket.prepare(request)
        request.app[http_keys.SOCKETS].add(socket)
        with SOCKETS.labels("staff").track_inprogress():
            await _Session(request, socket).run()
    except Exception as error:  # noqa: BLE001 - the handshake is over, so no problem response can be sent any more
        _log.error("desk socket failed: %s", whereabouts(error))
        await socket.close(code=WSCloseCode.INTERNAL_ERROR)
    finally:
        places.give_back(staff_id)
    return socket


class _Session:
    """One open socket."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self._app = request.app
        self._socket = socket
        self._staff = request[keys.STAFF]
        self._database = request.app[keys.DATABASE]
        self._broadcast = request.app[http_keys.CONVERSATIONS].broadcast
        self._following: asyncio.Task[None] | None = None
        self._changes = Changes()

    async def run(self) -> None:
        """Tells what happens and reads what comes, until the socket closes or the session ends."""
        with self._broadcast.watch_all() as watcher:
            await self._send(socket_frames.Ready())
            parts = [self._read(), self._tell(watcher), self._keep_checking()]
            tasks = [asyncio.create_task(part) for part in parts]
            try:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                await self._end(*tasks, *([self._following] if self._following is not None else []))
        for task in done:
            if not task.cancelled() and task.exception() is not None:
                await self._leave(task.exception())

    async def _leave(self, error: BaseException | None) -> None:
        if isinstance(error, ConnectionError):
            return
        if not isinstance(error, _SignedOutError):
            raise error or AssertionError
        with suppress(ConnectionError):
            await self._send(socket_frames.SignedOut())
            await self._socket.close(code=SIGNED_OUT)

    @staticmethod
    async def _end(*tasks: asyncio.Task[None]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _send(self, frame: socket_frames.ToClient) -> None:
        await self._socket.send_str(msgspec.json.encode(frame).decode())

    async def _check(self, *, in_use: bool = False) -> None:
        """Raises _SignedOutError where the session has ended; who they are and what they may is read anew."""
        session = await self._app[keys.SESSIONS].with_digest(self._staff.session_id, in_use=in_use)
        if session is None or session.second_factor_due or session.account.must_change_password:
            raise _SignedOutError
        self._staff = signed_in_with(session)

    async def _keep_checking(self) -> None:
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            await self._check()

    async def _tell(self, watcher: broadcast.AllWatcher) -> None:
        while True:
            changed = await watcher.next()
            await self._check()
            async with self._database.read_once() as session:
                told = await self._changes.of(session, self._staff, changed)
            if told is not None:
                await self._send(socket_frames.Changed(told))
            await asyncio.sleep(CALM_SECONDS)

    async def _read(self) -> None:
        async for frame in self._socket:
            if frame.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                continue
            try:
                await self._obey(frame.data)
            except Problem as problem:
                await self._send(socket_frames.Failed.of(problem.details))

    async def _obey(self, data: str | bytes) -> None:
        value = decode(data)
        kind = _FRAMES.get(str(value.get("type"))) if isinstance(value, dict) else None
        if kind is None:
            raise malformed(f"expected a frame of type {', '.join(_FRAMES)}")
        frame = convert(value, kind)
        # Only writing shows that somebody is there; a page does the rest by itself.
        await self._check(in_use=isinstance(frame, socket_frames.WriteSign))
        if isinstance(frame, socket_frames.Ping):
            await self._send(socket_frames.Pong())
        elif isinstance(frame, socket_frames.Watch):
            await self._watch(frame)
        elif isinstance(frame, socket_frames.Unwatch):
            await self._watch(None)
        elif not await self._may_see(frame.conversation_id):
            await self._refuse(frame.conversation_id)
        elif isinstance(frame, socket_frames.WriteSign):
            await self._app[keys.HANDOVER].typing(frame.conversation_id, self._staff.actor, frame.on)
        else:
            await self._app[keys.HANDOVER].read_by_staff(frame.conversation_id, self._staff.actor, frame.seq)

    async def _may_see(self, conversation_id: str) -> bool:
        if "\x00" in conversation_id:  # which PostgreSQL does not take
            return False
        async with self._database.read_once() as session:
            return await visible(session, self._staff, conversation_id)

    async def _refuse(self, conversation_id: str) -> None:
        refusal = Problem(404, "no-such-conversation", "there is no such conversation for you")
        await self._send(socket_frames.Failed.of(refusal.details, conversation_id))

    async def _watch(self, frame: socket_frames.Watch | None) -> None:
        if self._following is not None:
            await self._end(self._following)
            self._following = None
        if frame is None:
            return
        if not await self._may_see(frame.conversation_id):
            await self._refuse(frame.conversation_id)
            return
        now = self._app[http_keys.CLOCK]()
        await self._app[keys.LOOKS].goes_on(self._staff, frame.conversation_id, now)
        self._following = asyncio.create_task(self._follow(Watched(frame.conversation_id, frame.after)))

    async def _follow(self, watched: Watched) -> None:
        """Tells what is new in a conversation until it is the staff member's no more."""
        with self._broadcast.watch(watched.id) as watcher, suppress(ConnectionError):
            try:
                await self._catch_up(watched)
                while True:
                    happening = await watcher.next()
                    await self._check()
                    if isinstance(happening, broadcast.Changed):
                        await self._catch_up(watched)
                    elif isinstance(happening, broadcast.Typing):
                        await self._send(socket_frames.Typing(watched.id, happening.sender, happening.on))
                    elif isinstance(happening, broadcast.Read):
                        await self._send(socket_frames.Read(watched.id, happening.by, happening.seq))
                    elif isinstance(happening, broadcast.Fared):
                        await self._send(
                            socket_frames.Fared(watched.id, happening.first_seq, happening.last_seq, happening.state)
                        )
            except NotVisibleError:
                # They know it, so it can be named; asked for, it is a 404.
                await self._send(socket_frames.Changed([watched.id]))
            except _SignedOutError:
                return  # the others find out too, and end the socket
            except Exception as error:  # noqa: BLE001 - nobody waits for this task; the client begins anew
                _log.error("desk socket failed: %s", whereabouts(error))
                await self._socket.close(code=WSCloseCode.INTERNAL_ERROR)

    async def _catch_up(self, watched: Watched) -> None:
        more = True
        while more:
            async with self._database.read() as session:
                news, more = await watched.news(session, self._staff)
            if news is not None:
                await self._send(news)
