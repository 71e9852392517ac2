"""Who has a conversation: following what agents do with its mirror."""

import logging
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from bot.audit.actor import Actor
from bot.clock import Clock
from bot.conversations.handover import Handover
from bot.conversations.refusals import NotHeldError, SnoozeError, TakenError
from bot.conversations.states import StateError
from bot.db.engine import Database
from bot.handoff_desks.chatwoot import links
from bot.handoff_desks.chatwoot.links import AGENT, Standing
from bot.handoff_desks.chatwoot.models import ChatwootConversation as Link
from bot.handoff_desks.chatwoot.wire import Person, SeenConversation
from bot.handoff_desks.chatwoot.words import Words

_log = logging.getLogger(__name__)
_ENDED = ("resolved", "pending")
"""Statuses in which no agent has anything to do: resolved, or left to the bot."""

_UNTIL_NEXT_REPLY = timedelta(days=30)
"""Chatwoot can snooze without an end, until the traveller writes. Their message ends ours too; this is for silence."""


class Hands:
    """Takes, assigns, snoozes and hands back for the agents of Chatwoot."""

    def __init__(self, database: Database, handover: Handover, words: Words, clock: Clock) -> None:
        self._database = database
        self._handover = handover
        self._words = words
        self._clock = clock

    @staticmethod
    def actor(agent: Person | None, office: str) -> Actor | None:
        """The agent as who acts in the record."""
        return Actor(f"{AGENT}{agent.id}", agent.called(office)) if agent is not None else None

    async def take(self, conversation_id: str, actor: Actor) -> None:
        """Makes the agent the assignee, in place of another agent of Chatwoot if need be.

        Raises:
            TakenError: somebody at the guide's own desk has it.
            StateError: it is closed.
        """
        try:
            await self._handover.take(conversation_id, actor)
        except TakenError as error:
            if not error.by.id.startswith(AGENT):
                raise
            await self._handover.assign(conversation_id, actor, actor)

    async def follow(self, link: Link, seen: SeenConversation, agent: Actor | None, *, was_active: bool) -> None:
        """Does in the record what changed at the mirror since `link` was stored; may end the link's activity.

        `was_active` is whether the mirror was active before what agents wrote was acted on: who writes into a
        conversation that was resolved means to take it again.
        """
        standing = await self._standing(link)
        if standing is None:
            return
        if seen.status in _ENDED:
            if was_active:
                await self._end(link, standing, agent)
            return
        if agent is not None and self._is_for(agent, link, seen, standing, was_active=was_active):
            await self._assign(standing, agent)
            standing = await self._standing(link) or standing
        if standing.state not in ("waiting", "human"):
            return
        by = self._by(standing, agent)
        with suppress(NotHeldError, StateError, SnoozeError):  # Somebody else has it, or it is past: nothing to follow.
            if seen.status == "snoozed":
                await self._snooze(link, standing, seen, by)
            elif link.status == "snoozed":
                await self._handover.wake(standing.id, by)

    def _is_for(
        self, agent: Actor, link: Link, seen: SeenConversation, standing: Standing, *, was_active: bool
    ) -> bool:
        is_new = agent.id != f"{AGENT}{link.agent_id}"
        if standing.state in ("waiting", "human"):
            return is_new
        is_reopened = not was_active and seen.status == "open" and (is_new or link.status in _ENDED)
        return is_reopened and standing.state == "bot"

    async def _assign(self, standing: Standing, agent: Actor) -> None:
        try:
            await self.take(standing.id, agent)
        except (TakenError, StateError):
            # Who writes there is told; a mere assignment needs no words.
            _log.info("conversation %s: the assignment at Chatwoot was not followed", standing.id)

    async def _end(self, link: Link, standing: Standing, agent: Actor | None) -> None:
        """Resolved at the mirror: back to the guide, whoever had it; nobody waits on for somebody who will not come."""
        if standing.state in ("waiting", "human"):
            by = self._by(standing, agent)
            try:
                if standing.state == "waiting":
                    await self.take(standing.id, by)
                await self._handover.hand_back(standing.id, by, self._words.line(standing.language))
            except (TakenError, NotHeldError):
                # At the guide's own desk it goes on; the mirror stays active and is opened again by what is said.
                _log.info("conversation %s: resolved at Chatwoot, but somebody else has it", standing.id)
                return
        link.active = False

    async def _snooze(self, link: Link, standing: Standing, seen: SeenConversation, by: Actor) -> None:
        until = _instant(seen.snoozed_until)
        if until is None:
            if link.status != "snoozed":
                await self._handover.snooze(standing.id, by, self._clock() + _UNTIL_NEXT_REPLY)
        elif link.status != "snoozed" or standing.snoozed_until != until:
            await self._handover.snooze(standing.id, by, until)

    def _by(self, standing: Standing, agent: Actor | None) -> Actor:
        if standing.holder is not None and standing.is_with_agent:
            return standing.holder
        return agent or Actor("chatwoot", self._words.office(standing.language))

    async def _standing(self, link: Link) -> Standing | None:
        async with self._database.read_once() as session:
            return await links.standing_of(session, link.conversation_id)


def _instant(value: float | str | None) -> datetime | None:
    """An instant as Chatwoot writes it: Unix time, or ISO 8601; None for anything else."""
    try:
        if isinstance(value, str):
            instant = datetime.fromisoformat(value)
            return instant if instant.utcoffset() is not None else instant.replace(tzinfo=UTC)
        return datetime.fromtimestamp(value, UTC) if value else None
    except (ValueError, OverflowError, OSError):
        return None
