"""`nexus-guide rule`: a ruling from a case in a file."""

from typing import BinaryIO

import click
import msgspec

from bot.guidance.ruling import Language, Ruling


@click.command()
@click.option("--lang", type=click.Choice(["en", "fr"]), default="en", show_default=True, help="Language of the texts.")
@click.argument("case", type=click.File("rb"))
def rule(lang: Language, case: BinaryIO) -> None:
    """Rule on a CASE, a JSON file (- reads standard input).

    An array of cases gives an array of rulings. A case that cannot be read ends with status 2 and one error a line.
    """
    from bot.cli import stop
    from bot.guidance.engine import Engine
    from bot.guidance.reading import MAX_CASES_BYTES, CaseError, read_one_or_many
    from bot.policy import PolicyError, load
    from bot.settings import ROOT
    from bot.texts import Catalogue

    try:
        data = case.read(MAX_CASES_BYTES + 1)
    except OSError as error:
        return stop(f"{case.name}: cannot be read: {error.strerror}", 2)
    try:
        policy = load()
    except PolicyError as error:
        return stop(str(error))
    try:
        read = read_one_or_many(data, policy)
    except CaseError as error:
        return stop("\n".join(error.errors), 2)
    engine = Engine(policy, Catalogue.load(ROOT / "data" / "responses"))
    ruling: Ruling | list[Ruling]
    ruling = [engine.rule(each, lang) for each in read] if isinstance(read, tuple) else engine.rule(read, lang)
    click.echo(msgspec.json.format(msgspec.json.encode(ruling), indent=2))
