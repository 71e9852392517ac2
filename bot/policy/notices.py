"""`notices.yml`: facts without a known date, or on which sources disagree. They are shown and move no verdict."""

from collections.abc import Collection
from datetime import date
from typing import Annotated, get_args

import msgspec

from bot.guidance.policy import NoticeFact
from bot.guidance.ruling import OptionName
from bot.policy.files import SourceIds, Words, read_section
from bot.policy.reading import Reading
from bot.policy.rules import STEP

FILE = "notices.yml"


class NoticeEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`since` is null where no date is known; `touches` says beside what the notice is shown."""

    text: Words
    sources: SourceIds
    since: date | None
    touches: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]


def read_notices(reading: Reading, rules: Collection[str], airports: Collection[str]) -> tuple[NoticeFact, ...]:
    """All notices in the order of the file; each touches known rules, options, steps, `airport:IATA` or `renewal`."""
    known = {"renewal", *get_args(OptionName), *(f"airport:{iata}" for iata in airports)}
    known |= {rule.removeprefix(STEP) for rule in rules}
    notices = []
    for code, entry in read_section(reading.folder / FILE, "notices", NoticeEntry, reading.faults).items():
        reading.check_sources(FILE, code, entry.sources)
        for touched in entry.touches:
            if touched not in known:
                reading.faults.add(FILE, code, f"touches `{touched}`, which is no rule, option, step or airport")
        notices.append(NoticeFact(code, entry.text.text(), entry.sources, entry.since, frozenset(entry.touches)))
    return tuple(notices)
