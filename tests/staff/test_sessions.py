import base64

from sqlalchemy import select

from bot.staff.models import StaffSession
from bot.staff.sessions import digest, end_all
from tests.staff.office import Office


async def _open(office: Office, *, second_factor_due: bool = False, email: str = "alex@example.org") -> str:
    found = await office.hire(email)
    async with office.database.write() as session:
        return await office.sessions.open(session, found.id, second_factor_due=second_factor_due)


async def test_the_database_holds_only_a_hash_of_128_random_bits(office: Office) -> None:
    session_id = await _open(office)
    assert len(base64.urlsafe_b64decode(session_id + "==")) == 16
    async with office.database.read_once() as session:
        stored = (await session.scalars(select(StaffSession))).one()
    assert stored.id == digest(session_id)
    assert session_id not in stored.id


async def test_a_session_ends_after_30_idle_minutes(office: Office) -> None:
    session_id = await _open(office)
    for _ in range(3):
        office.watch.forward(minutes=29)
        assert await office.sessions.of(session_id) is not None
    office.watch.forward(minutes=30)
    assert await office.sessions.of(session_id) is None


async def test_a_session_ends_after_12_hours_however_busy(office: Office) -> None:
    session_id = await _open(office)
    for _ in range(12 * 3 - 1):
        office.watch.forward(minutes=20)
        assert await office.sessions.of(session_id) is not None
    office.watch.forward(minutes=20)
    assert await office.sessions.of(session_id) is None


async def test_what_a_page_asks_by_itself_keeps_no_session_alive(office: Office) -> None:
    session_id = await _open(office)
    for _ in range(2):
        office.watch.forward(minutes=14)
        assert await office.sessions.of(session_id, in_use=False) is not None
    office.watch.forward(minutes=2)
    assert await office.sessions.of(session_id, in_use=False) is None


async def test_a_password_without_its_code_opens_nothing_after_ten_minutes(office: Office) -> None:
    session_id = await _open(office, second_factor_due=True)
    office.watch.forward(minutes=9)
    half = await office.sessions.of(session_id)
    assert half is not None and half.second_factor_due
    office.watch.forward(minutes=1)
    assert await office.sessions.of(session_id) is None


async def test_being_seen_is_written_at_most_once_a_minute(office: Office) -> None:
    session_id = await _open(office)

    async def seen() -> object:
        async with office.database.read_once() as session:
            return await session.scalar(select(StaffSession.last_seen_at))

    began = await seen()
    office.watch.forward(seconds=59)
    await office.sessions.of(session_id)
    assert await seen() == began
    office.watch.forward(seconds=1)
    await office.sessions.of(session_id)
    assert await seen() == office.watch()


async def test_ended_sessions_open_nothing_and_the_kept_one_does(office: Office) -> None:
    kept = await _open(office)
    owner = await office.sessions.of(kept)
    assert owner is not None
    async with office.database.write() as session:
        other = await office.sessions.open(session, owner.account.id, second_factor_due=False)
    strangers = await _open(office, email="bo@example.org")
    async with office.database.write() as session:
        await end_all(session, owner.account.id, but=owner.id)
    assert await office.sessions.of(kept) is not None
    assert await office.sessions.of(other) is None
    assert await office.sessions.of(strangers) is not None


async def test_sessions_that_are_over_are_forgotten_when_another_opens(office: Office) -> None:
    await _open(office)
    office.watch.forward(minutes=31)
    await _open(office, email="bo@example.org")
    async with office.database.read_once() as session:
        assert len((await session.scalars(select(StaffSession))).all()) == 1
