import pytest

from bot.staff.administration import AccountError
from bot.staff.sign_in import RefusedError
from tests.staff.office import EMAIL, Office


async def test_a_new_account_signs_in_with_its_one_time_password_which_is_due_to_be_changed(office: Office) -> None:
    password = await office.administration.add(" Marie@Example.org", "Marie  Roy", "supervisor", "fr")
    assert password is not None
    opened = await office.enter(password, "marie@example.org")
    account = (await office.session_of(opened)).account
    assert (account.email, account.name, account.role, account.language) == (
        "marie@example.org",
        "Marie Roy",
        "supervisor",
        "fr",
    )
    assert account.must_change_password
    added = ("command-line", "staff.added", f"staff:{account.id}", {"role": "supervisor"})
    assert (await office.audited())[0] == added


async def test_who_signs_in_through_the_provider_only_has_no_password_to_change(small_office: Office) -> None:
    assert await small_office.administration.add("m@a.ca", "Marie", "agent", "fr", with_password=False) is None
    account = await small_office.account("m@a.ca")
    assert (account.password_hash, account.must_change_password) == (None, False)


async def test_an_address_has_one_account_however_it_is_written(office: Office) -> None:
    await office.administration.add("marie@example.org", "Marie", "agent", "fr")
    with pytest.raises(AccountError, match="has an account already"):
        await office.administration.add("MARIE@example.org ", "Marie", "agent", "fr")


@pytest.mark.parametrize(
    "email", ["", "marie", "@example.org", "a@b@c", "a b@example.org", "a\0@b.ca", "x" * 250 + "@a.ca"]
)
async def test_what_is_no_address_gets_no_account(small_office: Office, email: str) -> None:
    with pytest.raises(AccountError, match="expected an e-mail address"):
        await small_office.administration.add(email, "Marie", "agent", "fr")


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "Marie\x1b[31m", "Marie\u202e"])
async def test_a_name_is_readable(small_office: Office, name: str) -> None:
    with pytest.raises(AccountError, match="expected a name"):
        await small_office.administration.add("marie@example.org", name, "agent", "fr")


async def test_disabling_an_account_ends_its_sessions_and_lets_nobody_in_until_enabled(office: Office) -> None:
    await office.hire()
    opened = await office.enter()
    await office.administration.disable("ALEX@example.org")
    assert await office.sessions.of(opened.session_id) is None
    with pytest.raises(RefusedError):
        await office.enter()
    with pytest.raises(AccountError, match="disabled already"):
        await office.administration.disable(EMAIL)
    await office.administration.enable(EMAIL)
    assert await office.sessions.of(opened.session_id) is None
    await office.enter()
    with pytest.raises(AccountError, match="is not disabled"):
        await office.administration.enable(EMAIL)


async def test_a_reset_ends_sessions_and_keeps_the_second_factor_unless_told(office: Office) -> None:
    await office.hire()
    own = await office.entered()
    await office.with_totp(own)
    password = await office.administration.reset(EMAIL, drop_second_factor=False)
    assert await office.sessions.with_digest(own.id) is None
    assert (await office.enter(password)).second_factor_due
    password = await office.administration.reset(EMAIL, drop_second_factor=True)
    opened = await office.enter(password)
    assert not opened.second_factor_due
    assert (await office.session_of(opened)).account.must_change_password


async def test_an_unknown_address_is_said_to_be_unknown(small_office: Office) -> None:
    for act in (small_office.administration.disable("x@y.ca"), small_office.administration.enable("x@y.ca")):
        with pytest.raises(AccountError, match=r"x@y\.ca has no account"):
            await act


async def test_accounts_are_told_by_their_ids_while_they_are_active(office: Office) -> None:
    from bot.staff.accounts import active_account, active_accounts

    zoe, alex = await office.hire("z@a.ca", name="Zoé"), await office.hire("a@a.ca", name="Alex")
    await office.hire("gone@a.ca", name="Gone", disabled_at=office.watch())
    async with office.database.read() as session:
        assert [each.id for each in await active_accounts(session)] == [alex.id, zoe.id]
        found = await active_account(session, f"staff:{zoe.id}")
        assert found is not None and found.name == "Zoé"
        for unknown in (zoe.id, "staff:nobody", "chatwoot:1"):
            assert await active_account(session, unknown) is None
