"""From the record to Chatwoot: opening a mirror, forwarding what is said in order, closing it.

`Link.sent_seq` is moved after each message that arrived. Each message of ours carries a mark with its number, so after
an unclear failure the mirror is looked at first (`inward`), which moves the number for what did arrive.
"""

from bot.conversations.models import Message
from bot.conversations.staff_words import client_id
from bot.db.engine import Database
from bot.handoff_desks.chatwoot import links
from bot.handoff_desks.chatwoot.client import Client
from bot.handoff_desks.chatwoot.links import AGENT, Standing
from bot.handoff_desks.chatwoot.models import ChatwootConversation as Link
from bot.handoff_desks.chatwoot.wire import message_mark, remark_mark
from bot.handoff_desks.chatwoot.words import MESSAGES_IN_SUMMARY, Words

_AT_ONCE = 50
_FROM_AGENTS = client_id(AGENT)


class Outward:
    """Writes to Chatwoot. Every method raises ChatwootError; called again, each goes on where it stopped."""

    def __init__(self, client: Client, database: Database, words: Words) -> None:
        self._client = client
        self._database = database
        self._words = words

    async def open(self, link: Link, standing: Standing) -> None:
        """Shows the conversation to agents, open; what was said before the traveller's last message is summarised."""
        attributes = {
            "nexus_guide_conversation": standing.id,
            "nexus_guide_reason": standing.reason,
            "nexus_guide_language": standing.language,
            "nexus_guide_channel": standing.channel,
        }
        if link.chatwoot_id is None:
            await self._make(link, standing, attributes)
        else:
            await self._client.set_attributes(link.chatwoot_id, attributes)
        assert link.chatwoot_id is not None
        if link.status != "open":
            # An inbox with an agent bot begins every conversation as pending, whatever was asked for.
            await self._client.set_status(link.chatwoot_id, "open")
            link.status = "open"
            await links.save(self._database, link)
        await self._summarise(link, standing)
        link.active = True
        await links.save(self._database, link)

    async def _make(self, link: Link, standing: Standing, attributes: dict[str, str]) -> None:
        is_new = False
        if link.contact_id is None:
            link.contact_id, is_new = await self._client.make_contact(standing.id, self._words.contact(standing))
            await links.save(self._database, link)
        # Only of a contact made this moment is it sure that nobody made its conversation.
        made = None if is_new else await self._client.conversation_of(link.contact_id)
        if made is None:
            made = await self._client.make_conversation(standing.id, link.contact_id, attributes)
        link.chatwoot_id, link.status = made.id, made.status
        await links.save(self._database, link)

    async def _summarise(self, link: Link, standing: Standing) -> None:
        async with self._database.read() as session:
            last = await links.newest_of_traveller(session, standing.id, link.sent_seq)
            up_to = standing.last_seq if last is None else last - 1
            messages = await links.newest_between(session, standing.id, link.sent_seq, up_to, MESSAGES_IN_SUMMARY)
        if messages:
            earlier = up_to - link.sent_seq - len(messages)
            text = self._words.summary(standing, messages, earlier)
            await self._note(link, text, message_mark(standing.id, up_to))
            link.sent_seq = up_to

    async def push(self, link: Link, standing: Standing) -> None:
        """Forwards what is not there yet, in order."""
        while True:
            async with self._database.read_once() as session:
                messages = await links.messages_after(session, standing.id, link.sent_seq, _AT_ONCE)
            for message in messages:
                await self._forward(link, standing, message)
                link.sent_seq = message.seq
                await links.save(self._database, link)
            if len(messages) < _AT_ONCE:
                return

    async def _forward(self, link: Link, standing: Standing, message: Message) -> None:
        if (message.client_message_id or "").startswith(_FROM_AGENTS):
            return  # It came from there.
        mark = message_mark(standing.id, message.seq)
        if message.sender == "traveller":
            assert link.chatwoot_id is not None
            await self._client.say(link.chatwoot_id, message.text, mark, incoming=True)
        else:
            # As a note and no reply: Chatwoot counts replies as the agents' own, and ends the waiting with the first.
            await self._note(link, self._words.spoken(standing.language, message), mark)

    async def close(self, link: Link, standing: Standing) -> None:
        """Tells agents that there is nothing more to do, and resolves the mirror."""
        await self.push(link, standing)
        assert link.chatwoot_id is not None
        await self.remark(link, self._words.closed_here(standing.language), f"closed:{link.sent_seq}")
        await self._client.set_status(link.chatwoot_id, "resolved")
        link.status, link.active = "resolved", False
        await links.save(self._database, link)

    async def remark(self, link: Link, text: str, about: str) -> None:
        """Tells agents something about `about`, in a private note."""
        await self._note(link, text, remark_mark(link.conversation_id, about))

    async def _note(self, link: Link, text: str, mark: str) -> None:
        assert link.chatwoot_id is not None
        await self._client.say(link.chatwoot_id, text, mark, incoming=False)
