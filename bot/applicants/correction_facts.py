"""What a correction of a file says, one type a kind.

Each names what in the file it is about, by more than its place there: an import may put another application first, or
move the interview. A correction whose object is no longer in the file has no effect and says so.
"""

from datetime import date
from typing import Any

import msgspec

from bot.applicants.models import Correction, CorrectionKind
from bot.guidance.case import Instant, Segment


class CbsaCompleted(msgspec.Struct, frozen=True, tag_field="kind", tag="cbsa_completed"):
    """The CBSA interview that stands in the file as scheduled at `centre` and `at` has been done."""

    application: int
    submitted_on: date | None
    centre: str
    at: Instant | None


class CbsaShared(msgspec.Struct, frozen=True, tag_field="kind", tag="cbsa_shared"):
    """The result of the CBSA interview done at `centre` was shared with CBP at `shared_at`."""

    application: int
    submitted_on: date | None
    centre: str
    shared_at: Instant


class AddedTrip(msgspec.Struct, frozen=True, tag_field="kind", tag="trip"):
    """A trip that the file does not have."""

    segments: tuple[Segment, ...]


Facts = CbsaCompleted | CbsaShared | AddedTrip


def kind_of(facts: Facts) -> CorrectionKind:
    """The kind under which the facts are stored."""
    if isinstance(facts, CbsaCompleted):
        return "cbsa_completed"
    return "cbsa_shared" if isinstance(facts, CbsaShared) else "trip"


def stored(facts: Facts) -> dict[str, Any]:
    """The facts as JSON values."""
    values: dict[str, Any] = msgspec.to_builtins(facts)
    del values["kind"]
    return values


def facts_of(correction: Correction) -> Facts:
    """The facts of a stored correction."""
    facts: Facts = msgspec.convert({"kind": correction.kind, **correction.facts}, Facts)
    return facts
