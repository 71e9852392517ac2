"""A checked applicant, ready to be stored. No number and no birth date: only the digests made of them."""

from datetime import date, datetime

import msgspec

from bot.applicants.models import Kind, Language
from bot.guidance.case import Agency, InterviewState, Mode, Status


class SegmentEntry(msgspec.Struct, frozen=True):
    """As `bot.applicants.models.Segment`."""

    origin: str
    destination: str
    departs_at: datetime
    flight: str | None
    mode: Mode


class InterviewEntry(msgspec.Struct, frozen=True):
    """As `bot.applicants.models.Interview`."""

    agency: Agency
    state: InterviewState
    centre: str | None
    at: datetime | None


class ApplicationEntry(msgspec.Struct, frozen=True):
    """As `bot.applicants.models.Application`."""

    kind: Kind | None
    status: Status
    submitted_on: date | None
    membership_expires_on: date | None
    auto_renewed: bool | None
    shared_with_cbp_at: datetime | None
    interviews: list[InterviewEntry]


class ApplicantEntry(msgspec.Struct, frozen=True):
    """As `bot.applicants.models.Applicant`, with everything below it. `line` is where it stands in the file."""

    id: str
    name: str
    language: Language
    residence: str | None
    latitude: float | None
    longitude: float | None
    invented: bool
    applications: list[ApplicationEntry]
    trips: list[list[SegmentEntry]]
    proofs: list[str]
