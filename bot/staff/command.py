"""The work of `nexus-guide staff …`."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from bot import cli
from bot.audit.actor import COMMAND_LINE
from bot.clock import clock_from
from bot.db.engine import DatabaseError
from bot.db.migrate import open_current
from bot.settings import SettingsError, load_settings
from bot.staff.administration import AccountError, Administration
from bot.staff.models import StaffAccount
from bot.staff.passwords import Passwords

_Result = TypeVar("_Result")


def run(work: Callable[[Administration], Awaitable[str | None]], done: str, email: str) -> None:
    """Does one thing to one account, says so, and shows the one-time password where there is one."""
    password = _with_accounts(work)
    click.echo(f"{done}: {email}")
    if password is not None:
        click.echo(f"one-time password: {password}\nIt is not shown again, and has to be changed at the first sign-in.")


def show_everybody() -> None:
    """Prints one line an account."""
    found = _with_accounts(lambda accounts: accounts.everybody())
    for account in found:
        click.echo("\t".join(_line(account)))
    if not found:
        click.echo("there is no account yet; add one with nexus-guide staff add", err=True)


def _line(account: StaffAccount) -> list[str]:
    state = (
        "disabled" if account.disabled_at else "password to be changed" if account.must_change_password else "active"
    )
    factor = "second factor" if account.totp_secret else "password only"
    return [account.email, account.name, account.role, account.language, factor, state]


def _with_accounts(work: Callable[[Administration], Awaitable[_Result]]) -> _Result:
    try:
        return asyncio.run(_work(work))
    except (AccountError, DatabaseError, SettingsError) as error:
        cli.stop(str(error))
        raise


async def _work(work: Callable[[Administration], Awaitable[_Result]]) -> _Result:
    settings = load_settings()
    database = await open_current(settings.database_url)
    try:
        return await work(Administration(database, clock_from(settings.clock_start), Passwords(), COMMAND_LINE))
    finally:
        await database.close()
