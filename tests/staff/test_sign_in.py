import asyncio

import pytest
from sqlalchemy import update

from bot.staff.models import StaffAccount
from bot.staff.passwords import Passwords
from bot.staff.seal import SealError
from bot.staff.sign_in import Caller, RefusedError, SignIn
from bot.staff.throttle import FREE, TooSoonError
from tests.desk.clerks import PASSWORD
from tests.staff.office import ELSEWHERE, EMAIL, HERE, CountingHasher, Office


async def test_the_right_password_opens_a_session(office: Office) -> None:
    account = await office.hire()
    opened = await office.enter(email=" Alex@Example.ORG ")
    assert not opened.second_factor_due
    assert (await office.session_of(opened)).account.id == account.id
    assert await office.audited() == [(f"staff:{account.id}", "staff.signed_in", f"staff:{account.id}", {})]


async def test_unknown_wrong_and_disabled_look_alike_and_take_as_long(office: Office) -> None:
    known = await office.hire()
    gone = await office.hire("gone@example.org", disabled_at=office.watch())
    # The first comparison with nobody's password makes one to compare with.
    await office.passwords.match(None, "")
    for email, password in ((EMAIL, "wrong"), ("nobody@example.org", "wrong"), ("gone@example.org", PASSWORD)):
        office.hasher.verified = 0
        with pytest.raises(RefusedError):
            await office.enter(password, email)
        assert office.hasher.verified == 1
    seen = await office.audited()
    assert [entry[:2] for entry in seen] == [("nobody", "staff.sign_in_failed")] * 3
    assert [entry[3]["why"] for entry in seen] == ["password", "unknown", "disabled"]
    assert (seen[0][2], seen[2][2]) == (f"staff:{known.id}", f"staff:{gone.id}")


async def test_the_audit_holds_no_password_and_no_unknown_address(office: Office) -> None:
    await office.hire()
    typed = ("hunter2 hunter2", "my secret phrase as address@example.org")
    for password, email in ((typed[0], EMAIL), (typed[0], typed[1])):
        with pytest.raises(RefusedError):
            await office.enter(password, email)
    written = repr(await office.audited())
    assert not any(secret in written for secret in typed)


async def test_a_second_factor_is_asked_for_and_gives_a_new_session(office: Office) -> None:
    account = await office.hire()
    authenticator, _ = await office.with_totp(await office.entered())
    first = await office.enter()
    assert first.second_factor_due and first.ticket is None
    half = await office.session_of(first)
    assert half.second_factor_due
    second = await office.sign_in.with_code(half, authenticator.at(office.watch()), HERE)
    assert second.session_id != first.session_id
    assert not (await office.session_of(second)).second_factor_due
    assert await office.sessions.of(first.session_id) is None
    assert (await office.audited())[-2:] == [
        (f"staff:{account.id}", "staff.first_factor_accepted", f"staff:{account.id}", {}),
        (f"staff:{account.id}", "staff.signed_in", f"staff:{account.id}", {"code": "totp"}),
    ]


async def test_codes_are_slowed_down_too_and_the_password_forgives_none(office: Office) -> None:
    await office.hire()
    await office.with_totp(await office.entered())
    for _ in range(FREE):
        half = await office.session_of(await office.enter())
        with pytest.raises(RefusedError):
            await office.sign_in.with_code(half, "000000", HERE)
    half = await office.session_of(await office.enter())
    with pytest.raises(TooSoonError):
        await office.sign_in.with_code(half, "000000", ELSEWHERE)


async def test_a_second_factor_of_another_secret_key_is_refused_and_audited(small_office: Office) -> None:
    await small_office.hire()
    authenticator, _ = await small_office.with_totp(await small_office.entered())
    half = await small_office.session_of(await small_office.enter())
    sign_in = SignIn(small_office.database, small_office.watch, "other", small_office.passwords, small_office.sessions)
    with pytest.raises(SealError):
        await sign_in.with_code(half, authenticator.at(small_office.watch()), HERE)
    assert (await small_office.audited())[-1][3] == {"why": "unreadable secret"}


async def test_guessing_is_slowed_down_and_a_restart_forgives_nothing(office: Office) -> None:
    await office.hire()
    for _ in range(FREE):
        with pytest.raises(RefusedError):
            await office.enter("wrong")
    office.open_again()
    with pytest.raises(TooSoonError) as caught:
        await office.enter(caller=ELSEWHERE)
    office.watch.forward(seconds=caught.value.seconds)
    await office.enter()


async def test_many_guesses_at_once_count_each(office: Office) -> None:
    await office.hire()
    results = await asyncio.gather(*(office.enter("wrong") for _ in range(12)), return_exceptions=True)
    assert sum(isinstance(each, RefusedError) for each in results) == FREE
    assert sum(isinstance(each, TooSoonError) for each in results) == 12 - FREE


async def test_a_stranger_cannot_lock_out_who_has_signed_in_with_this_browser(office: Office) -> None:
    await office.hire()
    own = Caller(HERE.address, (await office.enter()).ticket)
    for _ in range(30):
        with pytest.raises((RefusedError, TooSoonError)):
            await office.enter("wrong", caller=HERE)
    await office.enter(caller=own)
    # And the browser alone gets no more tries than anybody.
    for _ in range(FREE):
        with pytest.raises(RefusedError):
            await office.enter("wrong", caller=own)
    with pytest.raises(TooSoonError):
        await office.enter(caller=own)


async def test_a_hash_of_former_parameters_is_made_anew_at_sign_in(office: Office) -> None:
    account = await office.hire()
    former = await Passwords(CountingHasher(time_cost=2)).hash(PASSWORD)
    async with office.database.write() as session:
        await session.execute(update(StaffAccount).where(StaffAccount.id == account.id).values(password_hash=former))
    await office.enter()
    fresh = (await office.account()).password_hash
    assert fresh is not None and fresh != former and not office.passwords.is_outdated(fresh)
    await office.enter()


async def test_an_account_without_a_password_has_none_that_is_right(office: Office) -> None:
    await office.hire(password_hash=None)
    for password in ("", "None"):
        with pytest.raises(RefusedError):
            await office.enter(password)


async def test_signing_in_again_ends_the_browsers_former_session(office: Office) -> None:
    await office.hire()
    first = await office.enter()
    await office.sign_in.with_password(EMAIL, PASSWORD, HERE, instead_of=await office.session_of(first))
    assert await office.sessions.of(first.session_id) is None


async def test_signing_out_ends_the_session_and_is_audited(office: Office) -> None:
    account = await office.hire()
    opened = await office.enter()
    await office.sign_in.out(await office.session_of(opened))
    assert await office.sessions.of(opened.session_id) is None
    assert (await office.audited())[-1][:2] == (f"staff:{account.id}", "staff.signed_out")
