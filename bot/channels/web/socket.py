"""`GET /api/v1/conversations/{id}/ws`: the conversation as it happens.

Messages are read from the record whenever something changed, so a socket shows them in order, without a gap and once,
however the wake-ups came. A browser lets any page open a WebSocket anywhere, so the origin is checked here.
"""

import asyncio
import logging
from contextlib import suppress

import msgspec
from aiohttp import WSCloseCode, WSMsgType, web

from bot.channels.web import access, socket_frames
from bot.channels.web.messages import after, take
from bot.conversations.broadcast import Changed, Delivered, Read, Typing, Watcher
from bot.conversations.faults import whereabouts
from bot.conversations.intake import SendMessage
from bot.conversations.limits import LARGEST_BODY, SOCKETS_PER_CONVERSATION
from bot.conversations.states import State
from bot.conversations.transcript import ShownMessage
from bot.db.error import UnavailableError
from bot.http import keys
from bot.http.body import convert, decode
from bot.http.origins import is_welcome
from bot.http.problems import Problem, malformed, problem_of
from bot.logs.context import about_conversation
from bot.metrics.instruments import SOCKETS

_log = logging.getLogger(__name__)

AUTH_SECONDS = 10.0
HEARTBEAT_SECONDS = 25.0
_CLOSE_CODES = {401: 4401, 404: 4404, 429: 4429}


async def watch(request: web.Request) -> web.StreamResponse:
    """Lets the holder of the token watch the conversation and write in it."""
    if not is_welcome(request):
        raise Problem(403, "foreign-origin", "pages of this origin may not use the guide; see WEB_ORIGINS")
    first = after(request)
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=LARGEST_BODY, compress=False)
    if not socket.can_prepare(request):
        raise Problem(426, "no-websocket", "this address speaks WebSocket only", headers={"Upgrade": "websocket"})
    await socket.prepare(request)
    request.app[keys.SOCKETS].add(socket)
    try:
        conversation_id = await _authenticate(request, socket)
        if conversation_id is not None:
            if request.app[keys.CONVERSATIONS].broadcast.watchers(conversation_id) >= SOCKETS_PER_CONVERSATION:
                raise Problem(429, "too-many", "too many sockets on this conversation; close another first")
            await _Session(request, socket, conversation_id, first).run()
    except Problem as problem:
        await _send(socket, socket_frames.Failed.of(problem.details))
        await socket.close(code=_CLOSE_CODES.get(problem.details.status, 4400))
    except Exception as error:  # noqa: BLE001 - the handshake is over, so no problem response can be sent any more
        await _leave(socket, error)
    return socket


async def _leave(socket: web.WebSocketResponse, error: Exception) -> None:
    """Closes a socket that can tell nothing more; the client comes back and reads what it missed."""
    _log.error("socket failed: %s", whereabouts(error))
    is_away = isinstance(error, UnavailableError)
    await socket.close(code=WSCloseCode.TRY_AGAIN_LATER if is_away else WSCloseCode.INTERNAL_ERROR)


async def _authenticate(request: web.Request, socket: web.WebSocketResponse) -> str | None:
    """The conversation the first frame's token opens; None where the client went away first."""
    try:
        frame = await socket.receive(timeout=AUTH_SECONDS)
    except TimeoutError:
        raise _no_token() from None
    if frame.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR):
        return None
    try:
        auth = convert(decode(frame.data), socket_frames.Auth)
    except Problem:
        raise _no_token() from None
    return await access.opened(request, auth.token, _no_token)


def _no_token() -> Problem:
    return access.unauthorized("a first frame of type auth")


async def _send(socket: web.WebSocketResponse, frame: socket_frames.ToClient) -> None:
    await socket.send_str(msgspec.json.encode(frame).decode())


class _Session:
    """One authenticated socket."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse, conversation_id: str, first: int) -> None:
        self._request = request
        self._socket = socket
        self._id = conversation_id
        self._service = request.app[keys.CONVERSATIONS]
        self._seq = first
        self._state: State | None = None
        self._taking: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Writes what happens and reads what comes, until the socket closes."""
        with (
            self._service.broadcast.watch(self._id) as watcher,
            suppress(ConnectionError),
            SOCKETS.labels("traveller").track_inprogress(),
            about_conversation(self._id),
        ):
            await self._begin()
            writing = asyncio.create_task(self._write_or_leave(watcher))
            try:
                await self._read()
            finally:
                writing.cancel()
                await asyncio.gather(writing, *self._taking, return_exceptions=True)

    async def _begin(self) -> None:
        newest, read = await self._service.newest(self._id)
        said = await self._service.catch_up(self._id, self._seq)
        self._state = said.state
        await _send(self._socket, socket_frames.Ready(newest, said.state, read))
        await self._show(said.messages)

    async def _show(self, messages: list[ShownMessage]) -> None:
        for message in messages:
            await _send(self._socket, socket_frames.Message(message))
            self._seq = message.seq

    async def _write_or_leave(self, watcher: Watcher) -> None:
        try:
            await self._write(watcher)
        except Exception as error:  # noqa: BLE001 - nobody waits for this task; an open socket that is silent would lie
            await _leave(self._socket, error)

    async def _write(self, watcher: Watcher) -> None:
        with suppress(ConnectionError):
            while True:
                happening = await watcher.next()
                if isinstance(happening, Changed):
                    said = await self._service.catch_up(self._id, self._seq)
                    await self._show(said.messages)
                    if said.state != self._state:
                        self._state = said.state
                        await _send(self._socket, socket_frames.StateChanged(said.state))
                elif isinstance(happening, Delivered):
                    frame = socket_frames.Delivered(happening.client_message_id, happening.seq)
                    await _send(self._socket, frame)
                elif isinstance(happening, Read):
                    await _send(self._socket, socket_frames.Read(happening.by, happening.seq))
                elif isinstance(happening, Typing) and happening.sender != "traveller":
                    await _send(self._socket, socket_frames.Typing(happening.sender, happening.on))

    async def _read(self) -> None:
        async for frame in self._socket:
            if frame.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                continue
            try:
                await self._obey(frame.data)
            except Problem as problem:
                await _send(self._socket, socket_frames.Failed.of(problem.details))

    async def _obey(self, data: str | bytes) -> None:
        value = decode(data)
        kind = value.get("type") if isinstance(value, dict) else None
        if kind == "ping":
            await _send(self._socket, socket_frames.Pong())
        elif kind == "message":
            frame = convert(value, socket_frames.Send)
            # Not waited for: the socket must answer pings while the bot thinks.
            task = asyncio.create_task(self._take(frame))
            self._taking.add(task)
            task.add_done_callback(self._taking.discard)
        elif kind == "typing":
            self._service.typing(self._id, convert(value, socket_frames.SendTyping).on)
        elif kind == "read":
            await self._service.has_read(self._id, convert(value, socket_frames.SendRead).seq)
        elif kind != "auth":
            raise malformed("expected a frame of type message, typing, read or ping")

    async def _take(self, frame: socket_frames.Send) -> None:
        try:
            await take(self._request, self._id, SendMessage(frame.text, frame.client_message_id))
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the client must learn that nothing was confirmed
            problem = error if isinstance(error, Problem) else problem_of(error)
            if problem is not error:
                _log.error("a message on a socket failed: %s", whereabouts(error))
            retry_after = problem.headers.get("Retry-After")
            failed = socket_frames.Failed.of(problem.details, retry_after=retry_after, about=frame.client_message_id)
            with suppress(ConnectionError):
                await _send(self._socket, failed)
