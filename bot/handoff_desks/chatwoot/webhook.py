"""The address that Chatwoot calls: account webhooks and those of an agent bot, signed.

A webhook is believed only as far as that there is something to look at; what it says is fetched (`inward`). Only the
sign that somebody writes is passed on, since nobody can fetch it later.
"""

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from aiohttp import web

from bot.clock import Clock
from bot.conversations.handover import Handover
from bot.db.engine import Database
from bot.handoff_desks.chatwoot import links
from bot.handoff_desks.chatwoot.hands import Hands
from bot.handoff_desks.chatwoot.models import ChatwootConversation as Link
from bot.handoff_desks.chatwoot.options import Options
from bot.handoff_desks.chatwoot.signature import is_genuine
from bot.handoff_desks.chatwoot.wire import OUTGOING, Meta, Person, marked
from bot.http.body import as_json, convert, decode, read_bytes
from bot.http.problems import Problem

PATH = "/handoff/chatwoot/webhook"
_log = logging.getLogger(__name__)
_LARGEST_BODY = 2 * 1024 * 1024
"""Bytes: Chatwoot's longest message has 150,000 characters, and stands in a webhook up to twice."""

_DELIVERIES_KEPT = 10_000
"""Far more than come within the time in which a signature is good."""


class _Id(msgspec.Struct, frozen=True):
    id: int | None = None
    status: str | None = None
    meta: Meta = Meta()


class Notice(msgspec.Struct, frozen=True):
    """What of a webhook is read; `id` is the number of the conversation, in events of a message the message's id."""

    event: str = ""
    id: int | str | None = None
    account: _Id = _Id()
    conversation: _Id | None = None
    status: str | None = None
    meta: Meta = Meta()
    message_type: int | str | None = None
    source_id: str | None = None
    content_attributes: Any = None
    user: Person | None = None
    is_private: bool = False


Look = Callable[[str, int], Awaitable[None]]
"""Tells the mirror, in whatever process it is, that there is something new at a conversation."""


class Webhook:
    """Checks a call, and tells the mirror where to look."""

    def __init__(self, options: Options, database: Database, handover: Handover, look: Look, clock: Clock) -> None:
        self._options = options
        self._database = database
        self._handover = handover
        self._look = look
        self._clock = clock
        self._deliveries: OrderedDict[str, None] = OrderedDict()

    async def receive(self, request: web.Request) -> web.Response:
        """Answers at once, as Chatwoot waits five seconds. Raises Problem 400, 401, 408, 413, 415 or 422."""
        body = await read_bytes(request, media_type="application/json", limit=_LARGEST_BODY)
        headers = request.headers
        timestamp, signature = headers.get("X-Chatwoot-Timestamp", ""), headers.get("X-Chatwoot-Signature", "")
        if not is_genuine(self._options.secrets, timestamp, signature, body, self._clock()):
            _log.warning(
                "refused a webhook without a good signature of Chatwoot; docs/chatwoot.md says why that may be"
            )
            raise Problem(401, "bad-signature", "expected X-Chatwoot-Signature over X-Chatwoot-Timestamp and the body")
        # The same call again carries the same signature, whatever its other headers say.
        if signature in self._deliveries:
            return as_json({"status": "repeated"})
        status = await self._act_on(convert(decode(body), Notice))
        self._deliveries[signature] = None
        if len(self._deliveries) > _DELIVERIES_KEPT:
            self._deliveries.popitem(last=False)
        return as_json({"status": status})

    async def _act_on(self, notice: Notice) -> str:
        number = _number(notice.id if notice.conversation is None else notice.conversation.id)
        is_ours = notice.account.id in (None, self._options.account)
        if number is None or not is_ours or not notice.event.startswith(("conversation_", "message_")):
            return "ignored"
        async with self._database.read_once() as session:
            link = await links.by_number(session, number)
        if link is None:
            return "ignored"
        if notice.event in ("conversation_typing_on", "conversation_typing_off"):
            return await self._typing(link, notice)
        hint = _new_message(notice) if notice.event.startswith("message_") else _new_standing(link, notice)
        if hint is None:
            return "ignored"
        await self._look(link.conversation_id, hint)
        return "accepted"

    async def _typing(self, link: Link, notice: Notice) -> str:
        actor = Hands.actor(notice.user, "")
        if actor is None or notice.is_private or not (notice.user and notice.user.is_person):
            return "ignored"
        await self._handover.typing(link.conversation_id, actor, notice.event == "conversation_typing_on")
        return "accepted"


def _new_message(notice: Notice) -> int | None:
    """The id of a message that an agent may have written."""
    is_outgoing = notice.event == "message_created" and notice.message_type in (OUTGOING, "outgoing")
    return _number(notice.id) if is_outgoing and not marked(notice.source_id, notice.content_attributes) else None


def _new_standing(link: Link, notice: Notice) -> int | None:
    """0 where status or agent are new; None where something else changed, which is most of what Chatwoot tells."""
    agent = notice.meta.agent
    has_other_agent = (agent.id if agent is not None else None) != link.agent_id
    return 0 if notice.status != link.status or notice.status == "snoozed" or has_other_agent else None


def _number(value: int | str | None) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
