import pytest

from bot.staff.own_account import NotConfirmedError
from bot.staff.passwords import PasswordError
from bot.staff.sign_in import RefusedError
from bot.staff.throttle import FREE, TooSoonError
from tests.desk.clerks import PASSWORD
from tests.staff.office import Office

NEW = "une nouvelle phrase"


async def test_a_password_change_ends_every_other_session(office: Office) -> None:
    await office.hire(must_change_password=True)
    others = [await office.enter() for _ in range(2)]
    own = await office.enter()
    await office.own.change_password(await office.session_of(own), PASSWORD, NEW)
    assert not (await office.session_of(own)).account.must_change_password
    for other in others:
        assert await office.sessions.of(other.session_id) is None
    await office.enter(NEW)
    with pytest.raises(RefusedError):
        await office.enter(PASSWORD)
    assert "staff.password_changed" in [entry[1] for entry in await office.audited()]


async def test_a_reset_wins_over_a_change_that_began_before_it(
    small_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = small_office
    await office.hire()
    own = await office.entered()
    hashing = office.passwords.hash

    async def hash_late(password: str) -> str:
        monkeypatch.setattr(office.passwords, "hash", hashing)
        await office.administration.reset(own.account.email, drop_second_factor=False)
        return await hashing(password)

    monkeypatch.setattr(office.passwords, "hash", hash_late)
    with pytest.raises(NotConfirmedError):
        await office.own.change_password(own, PASSWORD, NEW)
    with pytest.raises(RefusedError):
        await office.enter(NEW)


@pytest.mark.parametrize(("new", "weakness"), [("short", "too-short"), (PASSWORD, "not-new")])
async def test_a_new_password_must_be_new_and_good(small_office: Office, new: str, weakness: str) -> None:
    await small_office.hire()
    with pytest.raises(PasswordError) as caught:
        await small_office.own.change_password(await small_office.entered(), PASSWORD, new)
    assert caught.value.weakness == weakness
    await small_office.enter(PASSWORD)


async def test_changes_ask_for_the_password_again_and_guessing_it_is_slowed_down(office: Office) -> None:
    account = await office.hire()
    own = await office.entered()
    for act in (office.own.prepare_second_factor(own, "wrong"), office.own.remove_second_factor(own, "wrong")):
        with pytest.raises(NotConfirmedError):
            await act
    for _ in range(FREE - 2):
        with pytest.raises(NotConfirmedError):
            await office.own.change_password(own, "wrong", NEW)
    with pytest.raises(TooSoonError):
        await office.own.change_password(own, PASSWORD, NEW)
    failed = (f"staff:{account.id}", "staff.confirmation_failed", f"staff:{account.id}", {})
    assert (await office.audited()).count(failed) == FREE


async def test_a_second_factor_counts_only_after_its_first_code(office: Office) -> None:
    await office.hire()
    own = await office.entered()
    with pytest.raises(NotConfirmedError):
        await office.own.set_second_factor(own, "000000")
    await office.own.prepare_second_factor(own, PASSWORD)
    with pytest.raises(NotConfirmedError):
        await office.own.set_second_factor(own, "000000")
    assert not (await office.enter()).second_factor_due


async def test_setting_a_second_factor_ends_every_other_session(office: Office) -> None:
    await office.hire()
    other = await office.enter()
    own = await office.enter()
    await office.with_totp(await office.session_of(own))
    assert await office.sessions.of(other.session_id) is None
    assert await office.sessions.of(own.session_id) is not None


async def test_a_removed_second_factor_is_not_asked_for_and_its_codes_are_gone(office: Office) -> None:
    await office.hire()
    own = await office.entered()
    await office.with_totp(own)
    await office.own.remove_second_factor(own, PASSWORD)
    assert not (await office.enter()).second_factor_due
    acts = [entry[1] for entry in await office.audited()]
    assert acts == ["staff.signed_in", "staff.second_factor_set", "staff.second_factor_removed", "staff.signed_in"]


async def test_the_language_is_kept(small_office: Office) -> None:
    await small_office.hire()
    await small_office.own.set_language(await small_office.entered(), "fr")
    assert (await small_office.account()).language == "fr"
