"""What a channel answers by itself, without the guide: STOP, HELP, MORE, a picture that cannot be read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import event_names, record, verbs
from bot.conversations.dialogue_port import Reply
from bot.conversations.held import locked
from bot.conversations.models import Message
from bot.conversations.outbox import contacts
from bot.conversations.outbox.models import Failure


@dataclass(frozen=True)
class PageAsked:
    """A page of what was said before, which is sent as the answer."""

    first_seq: int
    last_seq: int
    page: int


@dataclass(frozen=True)
class OwnAnswer:
    """The answer, stored in the transaction that stores the message: so it is given once, whatever happens.

    `subscription` is what the traveller asks for: nothing more to be sent (`stop`), or everything again (`start`).
    `for_staff` is true where a person who has the conversation should look at the message.
    """

    replies: tuple[Reply, ...] = ()
    page: PageAsked | None = None
    subscription: Literal["stop", "start"] | None = None
    for_staff: bool = False

    async def store(self, session: AsyncSession, message: Message, at: datetime) -> None:
        """Stores it; the conversation's row is taken already."""
        if self.subscription is not None:
            unreachable: Failure | None = "unsubscribed" if self.subscription == "stop" else None
            await contacts.mark(session, message.conversation_id, unreachable)
        async with locked(session, message.conversation_id) as conversation:
            row = conversation.row
            await record.mark_answered(session, message.id, at=at, state=row.state, language=row.language, meta={})
            if self.for_staff and row.snoozed_until is not None:
                verbs.wake(conversation, "traveller", at)
            if self.for_staff and row.state == "human":
                verbs.traveller_spoke_to_staff(conversation, at)
            said = conversation.add_replies(self.replies, at=at, reply_to=message.id)
            if said and self.subscription == "stop":
                conversation.deliver(said[0].seq, said[-1].seq, at, regardless=True)
            if self.page is not None:
                conversation.deliver(self.page.first_seq, self.page.last_seq, at, page=self.page.page)
            conversation.note(event_names.ANSWERED, at, {"reply_to": message.id})
