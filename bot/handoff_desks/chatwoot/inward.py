"""From Chatwoot to the record: what agents wrote since it was last looked at.

What counts is what Chatwoot holds, asked for in order; a webhook only says that it is time to look. So a webhook that
is lost, late, doubled or played again changes nothing. Everything done here may be done twice: the record knows
messages and notes by Chatwoot's ids, and remarks carry marks.
"""

from bot.audit.actor import Actor
from bot.conversations.handover import Handover
from bot.conversations.intake import IntakeError, TextTooLongError
from bot.conversations.refusals import NotHeldError, TakenError
from bot.conversations.staff_words import IdUsedError
from bot.conversations.states import StateError
from bot.db.engine import Database
from bot.handoff_desks.chatwoot import links
from bot.handoff_desks.chatwoot.client import PAGE, Client
from bot.handoff_desks.chatwoot.hands import Hands
from bot.handoff_desks.chatwoot.links import AGENT, Standing
from bot.handoff_desks.chatwoot.models import ChatwootConversation as Link
from bot.handoff_desks.chatwoot.outward import Outward
from bot.handoff_desks.chatwoot.wire import OUTGOING, SeenMessage, remark_mark, seq_of
from bot.handoff_desks.chatwoot.words import Words


class Inward:
    """Reads from Chatwoot. Methods raise ChatwootError; called again, each goes on where it stopped."""

    def __init__(
        self,
        client: Client,
        database: Database,
        *,
        handover: Handover,
        hands: Hands,
        outward: Outward,
        words: Words,
    ) -> None:
        self._client = client
        self._database = database
        self._handover = handover
        self._hands = hands
        self._outward = outward
        self._words = words
        self._myself: int | None = None

    async def fetch(self, link: Link, standing: Standing, hint: int = 0) -> None:
        """Acts on what is new at the mirror: messages first, then who has it and its status.

        `hint` is a message of which is known that it is new: ids are given out before messages can be seen, so one
        may turn up behind another that was read already.
        """
        assert link.chatwoot_id is not None
        if self._myself is None:
            self._myself = (await self._client.myself()).id
        # Read before the messages, so that a status never overtakes what was written before it.
        seen = await self._client.conversation(link.chatwoot_id)
        was_active = link.active
        after = min(link.received_id, hint - 1) if hint > 0 else link.received_id
        while True:
            page = await self._client.messages(link.chatwoot_id, after)
            marks = {each.mark for each in page}
            for message in page:
                await self._one(link, standing, message, marks)
            if page:
                after = page[-1].id
                link.received_id = max(link.received_id, after)
                await links.save(self._database, link)
            if len(page) < PAGE:
                break
        agent = seen.meta.agent
        # Opening a conversation may assign it to the token's own user, which is nobody.
        agent = None if agent is None or agent.id == self._myself else agent
        office = self._words.office(standing.language)
        await self._hands.follow(link, seen, Hands.actor(agent, office), was_active=was_active)
        link.status, link.agent_id = seen.status, agent.id if agent is not None else None
        await links.save(self._database, link)

    async def _one(self, link: Link, standing: Standing, message: SeenMessage, marks: set[str]) -> None:
        if message.mark:
            link.sent_seq = max(link.sent_seq, seq_of(message.mark, link.conversation_id) or 0)
            return
        author = message.sender
        if message.message_type != OUTGOING or message.is_deleted or author is None or author.id == self._myself:
            return
        if not author.is_person:
            return  # A bot's or an automation's words; people answer travellers here.
        actor = Actor(f"{AGENT}{author.id}", author.called(self._words.office(standing.language)))
        for number, remark in enumerate(await self._act_on(standing, actor, message)):
            about = f"{message.id}.{number}"
            if remark_mark(link.conversation_id, about) not in marks:
                await self._outward.remark(link, remark, about)

    async def _act_on(self, standing: Standing, actor: Actor, message: SeenMessage) -> list[str]:
        """Brings a message into the record; gives what its author has to be told."""
        language, remarks = standing.language, []
        if (message.content or "").strip():
            if message.private:
                if not await self._note(standing, actor, message):
                    remarks.append(self._words.note_not_kept(language))
            elif why := await self._deliver(standing, actor, message):
                remarks.append(self._words.not_delivered(language, why))
        if message.attachments and not message.private:
            remarks.append(self._words.attachments(language))
        return remarks

    async def _note(self, standing: Standing, actor: Actor, message: SeenMessage) -> bool:
        try:
            await self._handover.add_note(standing.id, actor, message.content or "", f"{AGENT}{message.id}")
        except IdUsedError:
            return True  # It was kept as it was before its author edited it.
        except IntakeError:
            return False
        return True

    async def _deliver(self, standing: Standing, actor: Actor, message: SeenMessage) -> str:
        """Says it to the traveller, taking the conversation for its author; why not, or nothing where it was said."""
        text, name, language = message.content or "", f"{AGENT}{message.id}", standing.language
        try:
            try:
                await self._handover.reply(standing.id, actor, text, name)
            except NotHeldError:
                await self._hands.take(standing.id, actor)
                await self._handover.reply(standing.id, actor, text, name)
        except (TakenError, NotHeldError) as error:
            return self._words.taken(language, error.by.name if error.by else self._words.office(language))
        except StateError:
            return self._words.ended(language)
        except IdUsedError:
            return ""  # It was delivered before its author edited it, and stays as it was.
        except TextTooLongError:
            return self._words.too_long(language)
        except IntakeError:
            return self._words.cannot_be_stored(language)
        return ""
