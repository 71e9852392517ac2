"""`nexus-guide staff …`, for whoever runs the guide. Passwords are made here and shown once, never asked for."""

import click

from bot.formats import Language
from bot.staff.roles import ROLES, Role


@click.group()
def staff() -> None:
    """Keep the accounts of the desk."""


@staff.command()
@click.argument("email")
@click.option("--name", required=True, help="As travellers see it.")
@click.option("--role", type=click.Choice(ROLES), default="agent", show_default=True)
@click.option("--language", type=click.Choice(["en", "fr"]), default="en", show_default=True)
@click.option("--no-password", is_flag=True, help="For who signs in through OpenID Connect only.")
def add(email: str, name: str, role: Role, language: Language, no_password: bool) -> None:
    """Make an account for EMAIL and print its one-time password."""
    from bot.staff.command import run

    run(lambda accounts: accounts.add(email, name, role, language, with_password=not no_password), "added", email)


@staff.command()
@click.argument("email")
def disable(email: str) -> None:
    """End the sessions of EMAIL at once, and let nobody sign in with it."""
    from bot.staff.command import run

    run(lambda accounts: accounts.disable(email), "disabled", email)


@staff.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let a disabled EMAIL sign in again."""
    from bot.staff.command import run

    run(lambda accounts: accounts.enable(email), "enabled", email)


@staff.command()
@click.argument("email")
@click.option("--second-factor", is_flag=True, help="Take the second factor away too, when it is lost.")
def reset(email: str, second_factor: bool) -> None:
    """End the sessions of EMAIL and print a one-time password for it."""
    from bot.staff.command import run

    run(lambda accounts: accounts.reset(email, drop_second_factor=second_factor), "reset", email)


@staff.command("list")
def list_() -> None:
    """List the accounts: address, name, role, language, second factor, state."""
    from bot.staff.command import show_everybody

    show_everybody()
