"""`statements/*.yml`: sentences the guide may say, each with its source and the days on which it was so."""

from datetime import date
from pathlib import Path

import msgspec

from bot.guidance.policy import Span, Text
from bot.policy.files import Words, read_section
from bot.policy.reading import Reading
from bot.policy.sources import read_sources
from bot.policy.spans import Dated, check_dated

FOLDER = "statements"


class Statement(msgspec.Struct, frozen=True):
    """One sourced statement. `topic` is the file it stands in; `about` names what it is about: `airport:YYC`."""

    id: str
    topic: str
    span: Span
    text: Text
    about: tuple[str, ...] = ()

    def in_force(self, day: date) -> bool:
        """Whether it may be said on `day`."""
        return self.span.covers(day)


class StatementEntry(Dated, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A statement as the file gives it."""

    text: Words
    about: tuple[str, ...] = ()


def load_statements(folder: Path) -> dict[str, Statement]:
    """The statements of the policy in `folder` by id. Raises PolicyError naming every fault in the files read."""
    reading = Reading(folder)
    read_sources(reading)
    found = read_statements(reading)
    reading.faults.stop_if_any()
    return found


def read_statements(reading: Reading) -> dict[str, Statement]:
    """The checked statements of all topics, by id; an id stands in one file only."""
    found: dict[str, Statement] = {}
    paths = sorted((reading.folder / FOLDER).glob("*.yml"))
    if not paths:
        reading.faults.add(FOLDER, None, "holds no file; statements are part of the policy")
    for path in paths:
        for name, entry in read_section(path, "statements", StatementEntry, reading.faults).items():
            if name in found:
                reading.faults.add(path.name, name, f"this id stands in {found[name].topic}.yml too; give it its own")
            check_dated(reading, path.name, name, entry)
            found[name] = Statement(name, path.stem, entry.span(), entry.text.text(), entry.about)
    return found
