"""Chatwoot as a `HandoffDesk`, put together."""

import asyncio
from collections.abc import Sequence

from aiohttp import web

from bot.clock import Clock
from bot.conversations.broadcast import Broadcast
from bot.conversations.handoff_desk import Route
from bot.conversations.handover import Handover
from bot.conversations.leading import Alone, Lead
from bot.conversations.pace import Sleep
from bot.db.engine import Database
from bot.handoff_desks.chatwoot.client import Client
from bot.handoff_desks.chatwoot.hands import Hands
from bot.handoff_desks.chatwoot.inward import Inward
from bot.handoff_desks.chatwoot.mirror import Mirror
from bot.handoff_desks.chatwoot.options import Options, read_options
from bot.handoff_desks.chatwoot.outward import Outward
from bot.handoff_desks.chatwoot.webhook import PATH, Webhook
from bot.handoff_desks.chatwoot.words import Words
from bot.http.problems import Problem
from bot.settings import Settings
from bot.texts import Catalogue


class ChatwootDesk:
    """Mirrors what waits for a person to an inbox of Chatwoot, and brings back what agents do there."""

    name = "chatwoot"

    def __init__(
        self,
        options: Options,
        *,
        database: Database,
        handover: Handover,
        broadcast: Broadcast,
        clock: Clock,
        catalogue: Catalogue,
        lead: Lead = Alone,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._options = options
        self._database = database
        self._handover = handover
        self._broadcast = broadcast
        self._clock = clock
        self._words = Words(catalogue)
        self._sleep = sleep
        self._led = lead("chatwoot", self._begin, self._end, self._hear)
        self._client: Client | None = None
        self._webhook: Webhook | None = None
        self.mirror: Mirror | None = None

    def routes(self) -> Sequence[Route]:
        """The webhook."""
        return (("POST", PATH, self._receive),)

    async def start(self) -> None:
        """Begins to mirror, unless another process does. Chatwoot need not be there yet."""
        self._webhook = Webhook(self._options, self._database, self._handover, self._look, self._clock)
        await self._led.start()

    async def stop(self) -> None:
        """Stops; does nothing where it was not started."""
        await self._led.stop()
        self._webhook = None

    async def _begin(self) -> None:
        client = Client(self._options)
        hands = Hands(self._database, self._handover, self._words, self._clock)
        outward = Outward(client, self._database, self._words)
        inward = Inward(
            client, self._database, handover=self._handover, hands=hands, outward=outward, words=self._words
        )
        self._client = client
        self.mirror = Mirror(client, self._database, self._broadcast, inward=inward, outward=outward, sleep=self._sleep)
        self.mirror.start()

    async def _end(self) -> None:
        if self.mirror is not None and self._client is not None:
            await self.mirror.stop()
            await self._client.close()
        self.mirror = self._client = None

    async def _look(self, conversation_id: str, hint: int) -> None:
        await self._led.tell(f"{conversation_id} {hint}")

    def _hear(self, word: str) -> None:
        conversation_id, _, hint = word.rpartition(" ")
        if self.mirror is not None:
            self.mirror.look(conversation_id, int(hint))

    async def _receive(self, request: web.Request) -> web.Response:
        if self._webhook is None:
            # Of all failures Chatwoot repeats this one, if any.
            raise Problem(500, "not-started", "the desk is not running; try again")
        return await self._webhook.receive(request)


def chatwoot_desk(
    settings: Settings,
    *,
    database: Database,
    handover: Handover,
    broadcast: Broadcast,
    clock: Clock,
    catalogue: Catalogue,
    lead: Lead = Alone,
) -> ChatwootDesk:
    """The desk of these settings, not started.

    Raises:
        SettingsError: a setting of Chatwoot's is missing or wrong; the sentence names it.
    """
    options = read_options(settings)
    return ChatwootDesk(
        options, database=database, handover=handover, broadcast=broadcast, clock=clock, catalogue=catalogue, lead=lead
    )
