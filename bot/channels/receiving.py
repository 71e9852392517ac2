"""`/channels/NAME`: where providers deliver what travellers write.

In order: a channel that is off is not there; a provider that makes sure of the address is answered; what has no good
signature is refused before anything of it is read; what came is stored; then the provider is answered, and only
afterwards does the guide begin to think.
"""

import logging
from collections.abc import Mapping

from aiohttp import web

from bot.channels.intake import Intake
from bot.channels.port import Call, CallAnswer, CallError, Channel, Said
from bot.clock import Clock
from bot.conversations.outbox.receipts import Receipts
from bot.http.body import read_any
from bot.http.problems import Problem

_log = logging.getLogger(__name__)
PATH = "/channels/{name}"
_LARGEST_BODY = 1024 * 1024
"""Bytes: Meta's largest batches; a message itself has a few kilobytes."""


class Receiving:
    """Takes calls for all channels that are on."""

    def __init__(
        self, channels: Mapping[str, Channel], intake: Intake, receipts: Receipts, clock: Clock, public_url: str
    ) -> None:
        self._channels = channels
        self._intake = intake
        self._receipts = receipts
        self._clock = clock
        self._public_url = public_url

    async def receive(self, request: web.Request) -> web.Response:
        """Answers one call. Raises Problem 401, 404, 408, 413 or 422."""
        channel = self._channels.get(request.match_info["name"])
        if channel is None:
            raise Problem(404, "no-such-channel", "there is no such channel, or it is off")
        call = Call(
            request.method,
            f"{self._public_url}{request.path_qs}",
            request.headers,
            request.query,
            await read_any(request, limit=_LARGEST_BODY),
            self._clock(),
        )
        shaken = channel.handshake(call)
        if shaken is not None:
            return _response(shaken)
        if request.method != "POST":
            raise web.HTTPMethodNotAllowed(request.method, ["POST"])
        if not channel.is_genuine(call):
            _log.warning("refused a call to channel %s without a good signature", channel.name)
            raise Problem(401, "bad-signature", f"expected a signature of the provider of channel {channel.name}")
        try:
            came = channel.read(call)
        except CallError as error:
            raise Problem(422, "wrong-call", str(error)) from error
        for each in came:
            if isinstance(each, Said):
                await self._intake.take(channel, each)
            else:
                await self._receipts.take(channel.name, each)
        return _response(channel.acknowledgement())


def _response(answer: CallAnswer) -> web.Response:
    return web.Response(status=answer.status, text=answer.body, content_type=answer.content_type)
