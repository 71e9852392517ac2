"""Proving who is asking, outside the transcript: a number and a birth date, typed into a form behind a link.

Order of evaluation: a dead link proves nothing and counts nothing; then a lock; then the proof. An unknown number, a
wrong birth date and something that is no number at all go one and the same way: digests are looked up and not found.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.applicants import identity_lock
from bot.applicants.digests import KINDS, PATTERNS, normal_date, normal_number, number_digest, proof_digest
from bot.applicants.identity_link import LinkIssued, conversation_of, issue_link, link_with, look_at
from bot.applicants.models import Identity, IdentityFailure, IdentityLink, IdentityProof
from bot.db.upsert import insert_into

__all__ = [
    "LinkIssued",
    "Proof",
    "ProofResult",
    "forget",
    "issue_link",
    "locked_until",
    "look_at",
    "prove",
    "proved_applicant",
]


class ProofResult(Enum):
    """How an attempt ended."""

    PROVED = "proved"
    WRONG = "wrong"
    LOCKED = "locked"
    LINK_DEAD = "link_dead"


@dataclass(frozen=True)
class Proof:
    """An attempt's result. `locked_until` is set where it is locked, also by this very attempt's failure.

    `conversation_id` is None where the link is dead; `applicant_id` is set where it is proved and only there.
    """

    result: ProofResult
    conversation_id: str | None = None
    applicant_id: str | None = None
    locked_until: datetime | None = None


async def prove(  # noqa: PLR0917 - three things typed in, and what they are weighed with
    session: AsyncSession, token: str, number: str, birth_date: str, now: datetime, secret_key: str
) -> Proof:
    """Tries to prove the conversation of `token`. Call it in a write transaction, and commit whatever the result.

    `number` is a PASSID or an application number, `birth_date` is written YYYY-MM-DD. A wrong attempt leaves the link
    usable; a proof uses it up. The fifth failure says `WRONG` like the four before it and sets `locked_until`.
    """
    conversation_id = conversation_of(await session.scalar(link_with(token).with_for_update()), now)
    if conversation_id is None:
        return Proof(ProofResult.LINK_DEAD)
    number = normal_number(number)
    subjects = [_conversation(conversation_id), _number(secret_key, number, conversation_id)]
    counters = await identity_lock.counters(session, subjects, now)
    found = await _applicant_with(session, number, birth_date, secret_key)
    until = identity_lock.locked_until(counters)
    if until is not None:
        return Proof(ProofResult.LOCKED, conversation_id, locked_until=until)
    identity_lock.count(counters, failed=found is None, now=now)
    if found is None:
        await session.flush()
        return Proof(ProofResult.WRONG, conversation_id, locked_until=identity_lock.locked_until(counters))
    await _remember(session, conversation_id, found, now)
    return Proof(ProofResult.PROVED, conversation_id, found)


async def _applicant_with(session: AsyncSession, number: str, birth_date: str, secret_key: str) -> str | None:
    born = normal_date(birth_date)
    digests = [proof_digest(secret_key, kind, number, born) for kind in KINDS]
    found = (await session.scalars(select(IdentityProof.applicant_id).where(IdentityProof.digest.in_(digests)))).all()
    # The same digits may be one person's PASSID and another's application number; then they prove neither.
    return found[0] if len(set(found)) == 1 else None


def _conversation(conversation_id: str) -> str:
    return f"conversation:{conversation_id}"


def _number(secret_key: str, number: str, conversation_id: str) -> str:
    # What can be nobody's number is counted for this conversation alone, or strangers' empty
    # forms would lock each other out.
    if not any(pattern.fullmatch(number) for pattern in PATTERNS.values()):
        number = f"none|{conversation_id}"
    return f"number:{number_digest(secret_key, number)}"


async def _remember(session: AsyncSession, conversation_id: str, applicant_id: str, now: datetime) -> None:
    link = await session.get_one(IdentityLink, conversation_id)
    link.used = True
    values = {"applicant_id": applicant_id, "proved_at": now}
    statement = insert_into(session, Identity).values(conversation_id=conversation_id, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=["conversation_id"], set_=values))
    await session.flush()


async def proved_applicant(session: AsyncSession, conversation_id: str) -> str | None:
    """The applicant this conversation has proved to be."""
    return await session.scalar(select(Identity.applicant_id).where(Identity.conversation_id == conversation_id))


async def locked_until(session: AsyncSession, conversation_id: str, now: datetime) -> datetime | None:
    """Until when this conversation can prove nothing, after too many failures in it; None where it can."""
    locked = select(IdentityFailure.locked_until).where(
        IdentityFailure.subject == _conversation(conversation_id), IdentityFailure.locked_until > now
    )
    return await session.scalar(locked)


async def forget(session: AsyncSession, conversation_id: str) -> None:
    """Forgets who the conversation proved to be, and its link. Failures stay counted: forgetting must not unlock."""
    await session.execute(delete(Identity).where(Identity.conversation_id == conversation_id))
    await session.execute(delete(IdentityLink).where(IdentityLink.conversation_id == conversation_id))
