"""Conversations put into the record as they are to be, without a dialogue; times are minutes before noon."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from bot.applicants.models import Applicant, Identity
from bot.audit.actor import Actor
from bot.conversations.models import Conversation, Handoff, Message, Note
from bot.db.engine import Database
from bot.desk.signed_in import SignedIn
from bot.staff.roles import Role
from tests.record.scripted import NOON

_numbers = itertools.count(1)

ALEX = Actor("staff:alex", "Alex Tremblay")
BO = Actor("staff:bo", "Bo Singh")


def viewer(actor: Actor = ALEX, role: Role = "agent") -> SignedIn:
    """Somebody of the staff who is signed in."""
    return SignedIn(actor, role, "digest", "en", actor.id.removeprefix("staff:"))


def ago(minutes: float) -> datetime:
    """That many minutes before noon; after it where they are less than 0."""
    return NOON - timedelta(minutes=minutes)


async def conversation(database: Database, *said: str | dict[str, Any], **columns: Any) -> str:
    """A conversation with these messages: "t: …", "b: …" or "s: …" for who says it, or the columns of one."""
    conversation_id = columns.pop("id", None) or f"c{next(_numbers):05}"
    values: dict[str, Any] = {
        "channel": "web",
        "language": "en",
        "state": "bot",
        "token_digest": conversation_id,
        "last_seq": len(said),
        "created_at": ago(600),
        "touched_at": ago(10),
        **columns,
    }
    messages = [_message(conversation_id, seq, each) for seq, each in enumerate(said, 1)]
    async with database.write() as session:
        session.add(Conversation(id=conversation_id, **values))
        await session.flush()
        session.add_all(messages)
    return conversation_id


def _message(conversation_id: str, seq: int, said: str | dict[str, Any]) -> Message:
    columns: dict[str, Any] = {"sender": "traveller", "text": "", "meta": {}}
    if isinstance(said, str):
        who, _, words = said.partition(": ")
        columns |= {"sender": {"t": "traveller", "b": "bot", "s": "staff"}[who], "text": words}
    else:
        columns |= said
    if columns["sender"] == "staff":
        columns["meta"] = {"author": {"name": ALEX.name}, **columns["meta"]}
    columns.setdefault("id", f"{conversation_id}-{seq}")
    return Message(
        conversation_id=conversation_id,
        seq=seq,
        language="en",
        buttons=[],
        choices=[],
        created_at=ago(600 - seq),
        answered_at=ago(600 - seq) if columns["sender"] == "traveller" else None,
        **columns,
    )


async def note(database: Database, conversation_id: str, seq: int, text: str) -> str:
    """A private note of Alex's after message number `seq`."""
    note_id = f"n{next(_numbers):05}"
    values = {"author_id": ALEX.id, "author_name": ALEX.name, "client_note_id": note_id, "created_at": ago(5)}
    async with database.write() as session:
        session.add(Note(id=note_id, conversation_id=conversation_id, seq=seq, text=text, **values))
    return note_id


async def once_held(database: Database, conversation_id: str, by: Actor) -> None:
    """A handoff of the conversation that somebody had and that ended."""
    times = {"requested_at": ago(60), "taken_at": ago(50), "ended_at": ago(40), "ended_by": "handed_back"}
    handoff = Handoff(id=f"h{next(_numbers):05}", conversation_id=conversation_id, reason="asked", **times)
    handoff.assignee_id = by.id
    async with database.write() as session:
        session.add(handoff)


async def proved(database: Database, conversation_id: str) -> None:
    """A traveller who has proved who they are."""
    applicant = Applicant(id=f"A{next(_numbers)}", name="Sample: Amara", language="en", invented=True)
    applicant.fingerprint, applicant.imported_at = "f", ago(900)
    async with database.write() as session:
        session.add(applicant)
        await session.flush()
        session.add(Identity(conversation_id=conversation_id, applicant_id=applicant.id, proved_at=ago(20)))
