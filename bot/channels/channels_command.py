"""`nexus-guide channels`: messaging channels from the command line."""

from typing import TYPE_CHECKING

import click

from bot.cli import stop

if TYPE_CHECKING:
    from bot.channels.checking import Checked
    from bot.channels.kind import Kind


@click.group()
def channels() -> None:
    """The messaging channels: what is set, and a new one."""


@channels.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--offline", is_flag=True, help="Look at the settings only; call no provider.")
@click.option("--json", "as_json", is_flag=True, help="Print it for programs.")
def check(names: tuple[str, ...], offline: bool, as_json: bool) -> None:
    """Says for each channel what is set and what is missing, and tries its credentials.

    The exit status is 1 where a channel that is on does not work.
    """
    import asyncio

    import msgspec

    from bot.channels.checking import checked
    from bot.channels.kind import Parts
    from bot.settings import ROOT, SettingsError, load_settings
    from bot.texts import Catalogue

    asked = _asked(names)
    try:
        parts = Parts(load_settings(), Catalogue.load(ROOT / "data" / "responses"))
    except SettingsError as error:
        stop(str(error))
        return

    async def look() -> "list[Checked]":
        return [*await asyncio.gather(*(checked(kind, parts, offline=offline) for kind in asked))]

    found = asyncio.run(look())
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
    else:
        click.echo("\n\n".join(_told(each) for each in found))
    if not all(each.good for each in found):
        stop(f"does not work: {', '.join(each.name for each in found if not each.good)}")


@channels.command()
@click.argument("name")
@click.option("--into", type=click.Path(exists=True, file_okay=False), default=None, help="The checkout to write to.")
def new(name: str, into: str | None) -> None:
    """Writes the folder of a new channel, with its first failing test."""
    from pathlib import Path

    from bot.channels.scaffold.write import NameTakenError, WrongNameError, next_steps, write
    from bot.settings import ROOT

    try:
        written = write(name, Path(into) if into else ROOT)
    except (WrongNameError, NameTakenError) as error:
        stop(str(error))
        return
    for file in written:
        click.echo(f"wrote {file}")
    click.echo()
    click.echo(next_steps(name))


def _asked(names: tuple[str, ...]) -> "list[Kind]":
    from bot.channels.kind import kinds

    known = {kind.name: kind for kind in kinds()}
    strange = [name for name in names if name not in known]
    if strange:
        raise click.BadParameter(f"no channel {', '.join(strange)}; there are {', '.join(known)}", param_hint="NAME")
    return [known[name] for name in names or known]


def _told(found: "Checked") -> str:
    lines = [f"{found.name}: {'on' if found.on else f'off; {found.switch} turns it on'}"]
    lines += [f"  set       {', '.join(found.set)}"] if found.set else []
    lines += [f"  missing   {', '.join(found.missing)}"] if found.missing else []
    lines += [f"  optional  {', '.join(found.optional)}"] if found.optional else []
    lines += [f"  address   {found.address}  (give this to the provider)"] if found.on else []
    lines += [f"  warning   {each}" for each in found.warnings]
    lines += [f"  {'good' if each.good else 'wrong':<9} {each.what}" for each in found.findings]
    return "\n".join(lines)
