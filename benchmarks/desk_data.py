"""Fills a database with a busy desk: many open conversations in mixed states, and one that is very long.

All of it is invented, and the same each time. `python -m benchmarks.desk_data DATABASE_URL` fills a database that has
its tables and nothing else.
"""

import asyncio
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import insert, text

from bot.applicants.models import Applicant, Application, Identity, Interview, Segment, Trip
from bot.conversations import event_names
from bot.conversations.models import Conversation, Event, Handoff, Message, Note
from bot.db.base import Base
from bot.db.engine import Database, open_database
from bot.db.upsert import table_of
from bot.guidance.engine import Engine
from bot.guidance.reading import read_case
from bot.policy import load
from bot.settings import ROOT
from bot.staff.models import StaffAccount
from bot.texts import Catalogue

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
LONG = "00000000-0000-4000-8000-0000000000ff"
"""The id of the very long conversation, which waits for a person."""

STAFF = 40
_CHUNK = 2_000
_STATES = ["waiting"] * 45 + ["human"] * 35 + ["bot"] * 20
_REASONS = ["asked", "asked", "cannot_tell", "unsure", "complaint", "identity_locked"]
_SAID = {
    "en": (
        "Can I do my CBP interview before my flight to Seattle on Friday?",
        "My application says conditionally approved since October.",
        "Is the office at Vancouver airport open on Saturday morning?",
        "I lost the letter with my appointment, what now?",
        "Does my daughter need a card of her own?",
        "I would like to talk to a person please.",
    ),
    "fr": (
        "Puis-je faire l’entrevue du CBP avant mon vol vers Seattle vendredi ?",
        "Ma demande est approuvée sous condition depuis octobre.",
        "Le bureau de l’aéroport de Vancouver est-il ouvert le samedi matin ?",
        "J’ai perdu la lettre de mon rendez-vous, que faire ?",
        "Ma fille a-t-elle besoin d’une carte à elle ?",
        "J’aimerais parler à une personne, s’il vous plaît.",
    ),
}
_ANSWERED = {
    "en": "Yes, you can do it there. Bring your passport and the confirmation of your CBSA interview.",
    "fr": "Oui, vous pouvez la faire là-bas. Apportez votre passeport et la confirmation de votre entrevue de l’ASFC.",
}


@dataclass
class _Rows:
    """Rows to be stored, by table, in the order tables need each other."""

    of: dict[type[Base], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, model: type[Base], **columns: Any) -> None:
        self.of[model].append(columns)


class _Talk(NamedTuple):
    """Which conversation gets messages, in which language, how many, and when the last came."""

    conversation_id: str
    language: str
    count: int
    last: datetime


def staff_id(number: int) -> str:
    """The id in the record of the staff member of this number, from 0 on."""
    return f"staff:{_uuid('a', number)}"


async def fill(database: Database, conversations: int = 10_000, long: int = 5_000) -> None:
    """`conversations` that are open, a fifth as many that are closed, and one of `long` messages."""
    pick = random.Random(20261121)
    rulings = list(_rulings())
    await _store(database, _staff())
    rows = _Rows()
    for number in range(conversations + conversations // 5):
        state = pick.choice(_STATES) if number < conversations else "closed"
        _conversation(rows, pick, number, state, rulings)
        if len(rows.of[Conversation]) >= _CHUNK:
            await _store(database, rows)
            rows = _Rows()
    _long_conversation(rows, pick, long, rulings)
    await _store(database, rows)
    if database.engine.dialect.name == "postgresql":
        # PostgreSQL does it by itself within a minute of so much writing; SQLite never does.
        async with database.write() as session:
            await session.execute(text("ANALYZE"))


async def _store(database: Database, rows: _Rows) -> None:
    order = (
        StaffAccount,
        Applicant,
        Application,
        Interview,
        Trip,
        Segment,
        Conversation,
        Handoff,
        Message,
        Note,
        Event,
    )
    async with database.write() as session:
        for model in (*order, Identity):
            if rows.of[model]:
                await session.execute(insert(table_of(model)), rows.of[model])


def _staff() -> _Rows:
    rows = _Rows()
    for number in range(STAFF):
        rows.add(
            StaffAccount,
            id=_uuid("a", number),
            email=f"person{number}@example.org",
            name=f"Person {number}",
            role="supervisor" if number == 0 else "agent",
            language="en",
            created_at=NOW,
            password_hash=None,
            must_change_password=False,
        )
    return rows


def _conversation(rows: _Rows, pick: random.Random, number: int, state: str, rulings: list[dict[str, Any]]) -> None:
    conversation_id = _uuid("c", number)
    touched = NOW - timedelta(minutes=pick.randrange(1, 60 * 24 * 20), microseconds=number)
    language = pick.choice(["en", "en", "fr"])
    messages = pick.randrange(4, 14)
    by = pick.randrange(1, STAFF) if state == "human" else None
    was_handed = state in ("waiting", "human", "closed") or pick.random() < 0.5
    waits = state == "waiting" or (state == "human" and pick.random() < 0.5)
    snoozed = state in ("waiting", "human") and pick.random() < 0.1
    handoff = _uuid("d", number) if was_handed else None
    reason = pick.choice(_REASONS) if was_handed else None
    rows.add(
        Conversation,
        id=conversation_id,
        channel=pick.choice(["web", "web", "web", "sms"]),
        language=language,
        state=state,
        token_digest=conversation_id,
        last_seq=messages,
        created_at=touched - timedelta(hours=3),
        touched_at=touched,
        takeovers=1 if state == "human" else 0,
        handoff_id=handoff if state in ("waiting", "human") else None,
        handoff_reason=reason,
        assignee_id=staff_id(by) if by is not None else None,
        assignee_name=f"Person {by}" if by is not None else None,
        waiting_since=touched if waits else None,
        snoozed_until=NOW + timedelta(hours=pick.randrange(1, 99)) if snoozed else None,
        staff_read_seq=pick.randrange(messages),
        traveller_read_seq=messages,
        rating=pick.choice(["yes", "partly", "no", None]) if state == "closed" else None,
    )
    if handoff is not None:
        ended = None if state in ("waiting", "human") else touched
        rows.add(
            Handoff,
            id=handoff,
            conversation_id=conversation_id,
            reason=reason,
            requested_at=touched - timedelta(hours=1),
            taken_at=None if state == "waiting" else touched - timedelta(minutes=40),
            assignee_id=None if state == "waiting" else staff_id(by if by is not None else pick.randrange(1, STAFF)),
            first_reply_at=None if state == "waiting" else touched - timedelta(minutes=30),
            ended_at=ended,
            ended_by=None if ended is None else "resolved" if state == "closed" else "handed_back",
        )
    _messages(rows, pick, _Talk(conversation_id, language, messages, touched), rulings)
    if pick.random() < 0.3:
        rows.add(
            Note,
            id=_uuid("e", number),
            conversation_id=conversation_id,
            seq=pick.randrange(messages),
            author_id=staff_id(1),
            author_name="Person 1",
            text="Called the enrolment centre; they look into it.",
            client_note_id=f"n{number}",
            created_at=touched,
        )
    if pick.random() < 0.2:
        _file(rows, conversation_id, f"P-{number}")


def _messages(rows: _Rows, pick: random.Random, talk: _Talk, rulings: list[dict[str, Any]]) -> None:
    conversation_id, language, count, last = talk
    group, base = conversation_id[-12:], last - timedelta(seconds=count)
    asked: str | None = None
    for seq in range(1, count + 1):
        at = base + timedelta(seconds=seq)
        by_traveller = seq % 3 == 1
        ruled = seq == 2 and pick.random() < 0.5
        message_id = f"{seq:08x}-0000-4000-9000-{group}"
        said: dict[str, Any] = {"text": pick.choice(_SAID[language]), "meta": {"intent": "ask_cbp_on_flight"}}
        if not by_traveller:
            said = {"text": _ANSWERED[language], "meta": {"intent": "ask_cbp_on_flight", "sources": []}}
        if ruled:
            said["meta"] |= {"ruling": pick.choice(rulings), "card": "flight", "summary": _ANSWERED[language]}
        rows.add(
            Message,
            id=message_id,
            conversation_id=conversation_id,
            seq=seq,
            sender="traveller" if by_traveller else "bot",
            language=language,
            buttons=[],
            choices=[],
            created_at=at,
            client_message_id=f"m{seq}" if by_traveller else None,
            answered_at=at if by_traveller else None,
            state_after="bot" if by_traveller else None,
            reply_to=None if by_traveller else asked,
            **said,
        )
        asked = message_id if by_traveller else asked
        name = event_names.RECEIVED if by_traveller else event_names.ANSWERED
        rows.add(Event, conversation_id=conversation_id, name=name, at=at, seq=seq, pending=False, data={})
    for name, seq in ((event_names.STARTED, 0), (event_names.PERSON_ASKED_FOR, count)):
        rows.add(Event, conversation_id=conversation_id, name=name, at=last, seq=seq, pending=False, data={})


def _long_conversation(rows: _Rows, pick: random.Random, count: int, rulings: list[dict[str, Any]]) -> None:
    rows.add(
        Conversation,
        id=LONG,
        channel="web",
        language="en",
        state="waiting",
        token_digest=LONG,
        last_seq=count,
        created_at=NOW - timedelta(days=3),
        touched_at=NOW,
        takeovers=0,
        handoff_id=None,
        handoff_reason="asked",
        assignee_id=None,
        assignee_name=None,
        waiting_since=NOW,
        snoozed_until=None,
        staff_read_seq=0,
        traveller_read_seq=0,
        rating=None,
    )
    # The only ruling stands at the beginning, as far from the end as can be.
    _messages(rows, pick, _Talk(LONG, "en", count, NOW), rulings)
    _file(rows, LONG, "P-long")


def _file(rows: _Rows, conversation_id: str, applicant: str) -> None:
    rows.add(
        Applicant,
        id=applicant,
        name="Sample: Person",
        language="en",
        residence="Vancouver BC",
        invented=True,
        fingerprint=applicant,
        imported_at=NOW,
    )
    rows.add(Application, applicant_id=applicant, number=1, kind="new", status="conditionally_approved")
    rows.add(
        Interview,
        applicant_id=applicant,
        application=1,
        number=1,
        agency="CBSA",
        state="completed",
        centre="YVR",
        at=NOW,
    )
    rows.add(Trip, applicant_id=applicant, number=1)
    leg = {"origin": "YVR", "destination": "SEA", "departs_at": NOW + timedelta(days=4), "mode": "air"}
    rows.add(Segment, applicant_id=applicant, trip=1, number=1, **leg)
    rows.add(Identity, conversation_id=conversation_id, applicant_id=applicant, proved_at=NOW)


def _rulings() -> Iterator[dict[str, Any]]:
    from benchmarks.rulings import invented

    policy = load()
    engine = Engine(policy, Catalogue.load(ROOT / "data" / "responses"))
    cases: Iterable[bytes] = invented(20)
    for case in cases:
        yield msgspec.to_builtins(engine.rule(read_case(case, policy), "en"))


def _uuid(kind: str, number: int) -> str:
    return f"00000000-0000-4000-8{kind}00-{number:012}"


async def _main(url: str) -> None:
    database = await open_database(url)
    try:
        await fill(database)
    finally:
        await database.close()


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
