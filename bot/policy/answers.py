"""`answers.yml`: which statements answer which question, in the order they are said."""

from collections.abc import Collection
from pathlib import Path

from bot.policy.files import read_section
from bot.policy.reading import Reading
from bot.policy.sources import read_sources
from bot.policy.statements import read_statements

FILE = "answers.yml"


def load_answers(folder: Path) -> dict[str, tuple[str, ...]]:
    """Statement ids by intent, in order; those in force on the day are said.

    Raises:
        PolicyError: naming every fault in the files read, such as an id that no statement has.
    """
    reading = Reading(folder)
    read_sources(reading)
    found = read_answers(reading, read_statements(reading))
    reading.faults.stop_if_any()
    return found


def read_answers(reading: Reading, statements: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The checked answers by intent."""
    found = read_section(reading.folder / FILE, "answers", tuple[str, ...], reading.faults)
    for intent, ids in found.items():
        for name in ids:
            if name not in statements:
                reading.faults.add(FILE, intent, f"names the statement `{name}`, which there is not")
        if len(set(ids)) != len(ids):
            reading.faults.add(FILE, intent, "names a statement twice; keep one")
    return found
