"""What a traveller on a channel has been told lately: which pages they have, and what they were offered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from bot.conversations.dialogue_port import Button, Choice
from bot.conversations.models import Conversation, Message
from bot.conversations.outbox.models import OutboxEntry
from bot.conversations.outbox.port import Carrier, Page
from bot.conversations.own_answer import PageAsked
from bot.conversations.states import State
from bot.conversations.transcript import shown
from bot.formats import Language

_ENTRIES_READ = 12
"""More pages of one answer nobody asks for."""

_UNDELIVERED = ("failed", "dead")


@dataclass
class Together:
    """Messages that went out together, and the last page of them."""

    first_seq: int
    last_seq: int
    page: int
    messages: list[Message] = field(default_factory=list)

    def buttons(self) -> Iterator[Button]:
        """What they offer, with what each means."""
        for message in self.messages:
            meant = {each["payload"]: Choice(each["intent"], tuple(each["entities"])) for each in message.choices}
            for each in message.buttons:
                yield Button(each["title"], each["payload"], meant.get(each["payload"]))


@dataclass(frozen=True)
class Told:
    """The newest first. `state` and `language` are the conversation's."""

    state: State
    language: Language | None
    lately: Sequence[Together]

    def offered(self) -> tuple[Button, ...]:
        """What the newest offers."""
        return tuple(self.lately[0].buttons()) if self.lately else ()

    def pressed(self, text: str) -> Choice | None:
        """What `text` means if it is one of the things offered."""
        said = text.strip().casefold()
        offered = (each for each in self.offered() if said in (each.payload.casefold(), each.title.casefold()))
        return next((each.choice for each in offered if each.choice is not None), None)

    def by_number(self, carrier: Carrier) -> tuple[Button, ...]:
        """The choices that the newest offers by number, in order, on the pages that the traveller has."""
        if not self.offered():
            return ()
        newest = self.lately[0]
        means = {each.payload: each for each in self.offered()}
        pages = self._pages(newest, carrier)[: newest.page]
        numbered = (each for page in pages for part in page.parts for each in part.numbered)
        return tuple(means[each.payload] for each in numbered)

    def next_page(self, carrier: Carrier) -> PageAsked | None:
        """What MORE asks for: the page after those of the newest answer that has several; None where that is all."""
        for each in self.lately:
            count = len(self._pages(each, carrier))
            if count > 1:
                return PageAsked(each.first_seq, each.last_seq, each.page + 1) if each.page < count else None
        return None

    def _pages(self, together: Together, carrier: Carrier) -> Sequence[Page]:
        if not together.messages:
            return ()
        return carrier.compose([shown(message) for message in together.messages], self.language or "en")


async def told(session: AsyncSession, conversation_id: str, *, pages: bool) -> Told:
    """What the traveller has been told lately. The conversation must exist.

    Without `pages` only what the newest offers is read: the reasons behind rulings are long, and most messages are read
    by the guide alone.
    """
    this = Conversation.id == conversation_id
    state, language = (await session.execute(select(Conversation.state, Conversation.language).where(this))).one()
    lately = await _entries(session, conversation_id)
    if not pages:
        lately = lately[:1]
    if lately:
        for message in await _messages(session, conversation_id, lately, pages=pages):
            for each in lately:
                if each.first_seq <= message.seq <= each.last_seq:
                    each.messages.append(message)
    return Told(state, language, lately)


async def _entries(session: AsyncSession, conversation_id: str) -> list[Together]:
    entries = await session.execute(
        select(OutboxEntry.first_seq, OutboxEntry.last_seq, OutboxEntry.page)
        .where(OutboxEntry.conversation_id == conversation_id, OutboxEntry.state.not_in(_UNDELIVERED))
        .order_by(OutboxEntry.id.desc())
        .limit(_ENTRIES_READ)
    )
    found: dict[tuple[int, int], Together] = {}
    for first_seq, last_seq, page in entries:
        each = found.setdefault((first_seq, last_seq), Together(first_seq, last_seq, page))
        each.page = max(each.page, page)
    return sorted(found.values(), key=lambda each: each.last_seq, reverse=True)


async def _messages(
    session: AsyncSession, conversation_id: str, lately: Sequence[Together], *, pages: bool
) -> Sequence[Message]:
    first, last = min(each.first_seq for each in lately), max(each.last_seq for each in lately)
    ours = Message.conversation_id == conversation_id, Message.seq.between(first, last), Message.sender != "traveller"
    found = select(Message).where(*ours).order_by(Message.seq)
    if not pages:
        found = found.options(load_only(Message.seq, Message.buttons, Message.choices))
    return (await session.scalars(found)).all()
