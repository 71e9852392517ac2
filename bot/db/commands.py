"""`nexus-guide migrate`."""

import asyncio

import click

from bot import cli, settings
from bot.db.error import DatabaseError


@click.command()
def migrate() -> None:
    """Make the database's tables, or bring them up to date."""
    from bot.db.migrate import upgrade

    try:
        changed = asyncio.run(upgrade(settings.load_settings().database_url))
    except (DatabaseError, settings.SettingsError) as error:
        cli.stop(str(error))
    else:
        click.echo("database: brought up to date" if changed else "database: up to date already")
