"""Proving who is asking: what proves, what locks, and what nobody can tell apart."""

import asyncio
import itertools
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, func, select, text

from bot.applicants import identity
from bot.applicants.digests import normal_number, proof_digest
from bot.applicants.identity import Proof, ProofResult
from bot.applicants.models import Applicant, Identity, IdentityFailure, IdentityLink, IdentityProof
from bot.db.engine import Database

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
KEY = "a key for tests"
SECOND = timedelta(seconds=1)
AMARA = ("980000001", "1984-03-09")
BENOIT = ("980000002", "1990-12-31")


@pytest.fixture
async def register(database: Database) -> Database:
    """Amara (PASSID and application number) and Benoit (PASSID)."""
    async with database.write() as session:
        for applicant_id, name in (("A-1", "Sample: Amara"), ("B-1", "Sample: Benoit")):
            session.add(
                Applicant(
                    id=applicant_id, name=name, language="en", invented=True, fingerprint=applicant_id, imported_at=NOW
                )
            )
        await session.flush()
        for applicant_id, kind, number, born in (
            ("A-1", "passid", *AMARA),
            ("A-1", "application", "GOES12345", AMARA[1]),
            ("B-1", "passid", *BENOIT),
        ):
            digest = proof_digest(KEY, kind, normal_number(number), datetime.fromisoformat(born).date())
            session.add(IdentityProof(digest=digest, applicant_id=applicant_id))
    return database


async def link(database: Database, conversation: str = "c-1", now: datetime = NOW) -> str:
    async with database.write() as session:
        return (await identity.issue_link(session, conversation, now)).token


async def attempt(database: Database, token: str, number: str, born: str, now: datetime = NOW) -> Proof:
    async with database.write() as session:
        return await identity.prove(session, token, number, born, now, KEY)


async def who(database: Database, conversation: str = "c-1") -> str | None:
    async with database.read() as session:
        return await identity.proved_applicant(session, conversation)


@pytest.mark.parametrize(
    ("number", "born"),
    [
        AMARA,
        ("98 000-0001", " 1984/03/09 "),
        ("９８0000001", "19840309"),
        ("GOES12345", "1984-03-09"),
        ("goes-12345", "1984-03-09"),
    ],
)
async def test_right_data_prove_however_they_are_written(register: Database, number: str, born: str) -> None:
    proof = await attempt(register, await link(register), number, born)
    assert proof == Proof(ProofResult.PROVED, "c-1", "A-1")
    assert await who(register) == "A-1"


@pytest.mark.parametrize(
    ("number", "born"),
    [
        ("980000009", "1984-03-09"),  # nobody's number
        ("980000001", "1984-03-10"),  # somebody else's birth date
        ("980000001", "1990-12-31"),  # another applicant's birth date
        ("980000001", "09/03/1984"),  # could be the 9th of March or the 3rd of September
        ("980000001", "1984-02-30"),
        ("980000001", ""),
        ("", "1984-03-09"),
        ("' OR 1=1 --", "1984-03-09"),
        ("\u202e100000089", "1984-03-09"),
        ("9" * 10_000, "1984-03-09"),
        ("😀", "😀"),
    ],
)
async def test_everything_else_is_wrong_and_proves_nobody(register: Database, number: str, born: str) -> None:
    proof = await attempt(register, await link(register), number, born)
    assert (proof.result, proof.applicant_id, proof.locked_until) == (ProofResult.WRONG, None, None)
    assert await who(register) is None


async def test_a_wrong_attempt_leaves_the_link_and_a_proof_uses_it_up(register: Database) -> None:
    token = await link(register)
    assert (await attempt(register, token, AMARA[0], "1984-03-10")).result is ProofResult.WRONG
    assert (await attempt(register, token, *AMARA)).result is ProofResult.PROVED
    assert (await attempt(register, token, *AMARA)).result is ProofResult.LINK_DEAD
    assert (await attempt(register, token, *BENOIT)).result is ProofResult.LINK_DEAD
    assert await who(register) == "A-1"


@pytest.mark.parametrize(
    ("age", "alive"),
    [
        (timedelta(0), True),
        (timedelta(minutes=10) - SECOND, True),
        (timedelta(minutes=10), False),
        (timedelta(minutes=10) + SECOND, False),
    ],
)
async def test_a_link_lives_ten_minutes(register: Database, age: timedelta, alive: bool) -> None:
    token = await link(register)
    async with register.read() as session:
        assert await identity.look_at(session, token, NOW + age) == ("c-1" if alive else None)
    proof = await attempt(register, token, *AMARA, now=NOW + age)
    assert proof.result is (ProofResult.PROVED if alive else ProofResult.LINK_DEAD)


async def test_looking_at_a_link_does_not_use_it_up(register: Database) -> None:
    token = await link(register)
    async with register.read() as session:
        assert await identity.look_at(session, token, NOW) == "c-1"
        assert await identity.look_at(session, token, NOW) == "c-1"
        assert await identity.look_at(session, token + "x", NOW) is None
    assert (await attempt(register, token, *AMARA)).result is ProofResult.PROVED


async def test_a_newer_link_voids_the_older_one(register: Database) -> None:
    older, newer = await link(register), await link(register)
    assert (await attempt(register, older, *AMARA)).result is ProofResult.LINK_DEAD
    assert (await attempt(register, newer, *AMARA)).result is ProofResult.PROVED


async def test_a_link_proves_its_own_conversation_and_no_other(register: Database) -> None:
    first, second = await link(register, "c-1"), await link(register, "c-2")
    assert (await attempt(register, first, *AMARA)).conversation_id == "c-1"
    assert await who(register, "c-2") is None
    assert (await attempt(register, second, *BENOIT)).conversation_id == "c-2"
    assert (await who(register, "c-1"), await who(register, "c-2")) == ("A-1", "B-1")


@pytest.mark.parametrize("number", ["980000001", "980000009", ""])
async def test_five_failures_lock_the_conversation_for_fifteen_minutes(register: Database, number: str) -> None:
    token = await link(register)
    results = [await attempt(register, token, number, "2000-01-01") for _ in range(5)]
    assert [proof.result for proof in results] == [ProofResult.WRONG] * 5
    assert [proof.locked_until for proof in results] == [None] * 4 + [NOW + timedelta(minutes=15)]

    locked = await attempt(register, token, *BENOIT)
    assert (locked.result, locked.locked_until) == (ProofResult.LOCKED, NOW + timedelta(minutes=15))
    assert await who(register) is None


async def test_a_lock_outlives_new_links_and_restarts(register: Database) -> None:
    token = await link(register)
    for _ in range(5):
        await attempt(register, token, "980000009", "2000-01-01")
    async with register.write() as session:
        await identity.forget(session, "c-1")
    assert (await attempt(register, await link(register), *AMARA)).result is ProofResult.LOCKED


async def test_five_failures_lock_the_number_in_every_conversation(register: Database) -> None:
    for conversation in range(5):
        await attempt(register, await link(register, f"thief-{conversation}"), AMARA[0], f"2000-01-0{conversation + 1}")
    assert (await attempt(register, await link(register, "owner"), *AMARA)).result is ProofResult.LOCKED
    # Written otherwise it is the same number; another number is free.
    assert (await attempt(register, await link(register, "x"), "980-000-001", AMARA[1])).result is ProofResult.LOCKED
    assert (await attempt(register, await link(register, "other"), *BENOIT)).result is ProofResult.PROVED


async def test_empty_forms_of_strangers_lock_nobody_else(register: Database) -> None:
    for conversation in range(6):
        proof = await attempt(register, await link(register, f"c-{conversation}"), "", "")
        assert (proof.result, proof.locked_until) == (ProofResult.WRONG, None)


@pytest.mark.parametrize(
    ("age", "result"),
    [
        (timedelta(minutes=15) - SECOND, ProofResult.LOCKED),
        (timedelta(minutes=15), ProofResult.PROVED),
        (timedelta(minutes=15) + SECOND, ProofResult.PROVED),
    ],
)
async def test_a_lock_ends_after_fifteen_minutes(register: Database, age: timedelta, result: ProofResult) -> None:
    token = await link(register)
    for _ in range(5):
        await attempt(register, token, AMARA[0], "2000-01-01")
    later = NOW + age
    assert (await attempt(register, await link(register, now=later), *AMARA, now=later)).result is result


async def test_trying_while_locked_does_not_make_it_longer(register: Database) -> None:
    token = await link(register)
    for _ in range(5):
        await attempt(register, token, AMARA[0], "2000-01-01")
    proof = await attempt(register, token, *AMARA, now=NOW + timedelta(minutes=9))
    assert proof.locked_until == NOW + timedelta(minutes=15)


async def test_after_a_lock_five_more_failures_lock_again(register: Database) -> None:
    results = []
    for minute in (0, 15):
        now = NOW + timedelta(minutes=minute)
        token = await link(register, now=now)
        results += [await attempt(register, token, "980000009", "2000-01-01", now) for _ in range(5)]
    assert [proof.locked_until is not None for proof in results] == [False, False, False, False, True] * 2


async def test_a_proof_starts_the_count_anew(register: Database) -> None:
    for _ in range(2):
        token = await link(register)
        for _ in range(4):
            await attempt(register, token, AMARA[0], "2000-01-01")
        assert (await attempt(register, token, *AMARA)).result is ProofResult.PROVED


async def test_failures_are_forgotten_after_a_quiet_day(register: Database) -> None:
    token = await link(register)
    for _ in range(4):
        await attempt(register, token, AMARA[0], "2000-01-01")
    tomorrow = NOW + timedelta(days=1)
    await attempt(register, await link(register, now=tomorrow), AMARA[0], "2000-01-01", tomorrow)
    async with register.read() as session:
        assert set(await session.scalars(select(IdentityFailure.failures))) == {1}


async def test_dead_links_count_nothing(register: Database) -> None:
    for _ in range(6):
        assert (await attempt(register, "no such token", *AMARA)).result is ProofResult.LINK_DEAD
    assert (await attempt(register, await link(register), *AMARA)).result is ProofResult.PROVED


async def test_restart_forgets_who_it_was_and_the_link(register: Database) -> None:
    token = await link(register)
    await attempt(register, token, *AMARA)
    unused = await link(register)
    async with register.write() as session:
        await identity.forget(session, "c-1")
    assert await who(register) is None
    assert (await attempt(register, unused, *AMARA)).result is ProofResult.LINK_DEAD


async def test_a_new_proof_takes_the_place_of_the_old(register: Database) -> None:
    await attempt(register, await link(register), *AMARA)
    await attempt(register, await link(register), *BENOIT)
    assert await who(register) == "B-1"


async def test_a_link_used_by_many_at_once_proves_once(register: Database) -> None:
    token = await link(register)
    proofs = await asyncio.gather(*(attempt(register, token, *AMARA) for _ in range(8)))
    results = sorted(proof.result.value for proof in proofs)
    assert results == ["link_dead"] * 7 + ["proved"]


async def test_guesses_made_at_once_are_all_counted(register: Database) -> None:
    tokens = [await link(register, f"c-{number}") for number in range(8)]
    proofs = await asyncio.gather(*(attempt(register, token, AMARA[0], "2000-01-01") for token in tokens))
    results = sorted(proof.result.value for proof in proofs)
    assert results == ["locked"] * 3 + ["wrong"] * 5


async def test_links_asked_for_at_once_leave_one_alive(register: Database) -> None:
    tokens = await asyncio.gather(*(link(register) for _ in range(6)))
    async with register.read() as session:
        alive = [token for token in tokens if await identity.look_at(session, token, NOW)]
        assert await session.scalar(select(func.count()).select_from(IdentityLink)) == 1
    assert len(alive) == 1


async def test_unknown_number_and_wrong_birth_date_do_the_same_work(register: Database) -> None:
    """Not by the clock, which is noise here, but by what is sent to the database."""
    sent: list[str] = []

    @event.listens_for(register.engine.sync_engine, "before_cursor_execute")
    def _note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    work = []
    for number, born in ((AMARA[0], "2000-01-01"), ("980000009", AMARA[1]), ("", ""), ("not a number", "never")):
        token = await link(register, f"c-{number}")
        sent.clear()
        assert (await attempt(register, token, number, born)).result is ProofResult.WRONG
        work.append(list(sent))
    assert len(work[0]) > 3
    assert all(statements == work[0] for statements in work)


async def test_nothing_readable_is_kept(register: Database) -> None:
    token = await link(register)
    await attempt(register, token, AMARA[0], "2000-01-01")
    await attempt(register, token, *AMARA)
    tables = [Applicant, Identity, IdentityFailure, IdentityLink, IdentityProof]
    async with register.read() as session:
        kept = [(await session.execute(text(f"SELECT * FROM {table.__tablename__}"))).all() for table in tables]
    everything = " ".join(map(str, itertools.chain.from_iterable(itertools.chain.from_iterable(kept))))
    for secret in (token, AMARA[0], "GOES12345", AMARA[1], "19840309", "1984, 3, 9"):
        assert secret not in everything


async def test_a_token_has_128_random_bits(register: Database) -> None:
    tokens = {await link(register) for _ in range(50)}
    assert len(tokens) == 50
    assert all(len(token) == 22 for token in tokens)  # 16 bytes in base64
