"""What staff correct in a file: each act is stored and audited in the caller's transaction.

Nothing is invented. "Shared" can only be said of a CBSA interview that is done, at an airport: only there does sharing
decide anything (rows 17 and 18 of `bot.guidance.verdict`). Whoever knows that a booked interview took place says that
first.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.applicants.corrected import MOST_TRIPS, CorrectedFile, corrected, is_known
from bot.applicants.correction_facts import AddedTrip, CbsaCompleted, CbsaShared, Facts, kind_of, stored
from bot.applicants.lookup import applicant_file
from bot.applicants.models import Applicant, Correction
from bot.audit import log as audit
from bot.audit.actor import Actor
from bot.guidance import case
from bot.guidance.in_force import PROGRAMME_ZONE, InForce, UnknownCentreError
from bot.guidance.interviews import CbsaInterview, counting_cbsa
from bot.guidance.policy import Policy
from bot.guidance.reading import CaseError, read_case

Refusal = Literal[
    "no-application",
    "cbsa-not-completed",
    "cbsa-at-land-centre",
    "cbsa-completed-already",
    "cbsa-not-booked",
    "cbsa-still-ahead",
    "centre-unknown",
    "shared-already",
    "trip-known",
    "too-many-trips",
    "withdrawn-already",
]
VIEWED, CORRECTED, WITHDRAWN = "file.viewed", "file.corrected", "file.correction_withdrawn"


class CorrectionRefusedError(Exception):
    """The file as it is does not take the correction: `reason` for programs, the message for people."""

    def __init__(self, reason: Refusal, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class CorrectionFaultsError(ValueError):
    """What was given cannot be read. `errors` has one `field: what is wrong` for each fault."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


class NoSuchCorrectionError(LookupError):
    """The file has no correction of this id."""


async def note_look(
    session: AsyncSession, actor: Actor, applicant_id: str, at: datetime, data: Mapping[str, Any]
) -> None:
    """Notes in the audit that `actor` looked at the file."""
    await audit.note(session, actor, VIEWED, "applicant", applicant_id, at, data)


@dataclass(frozen=True)
class Correcting:
    """Corrections of a file by `actor` at the instant `at`, within one write transaction.

    `data` goes into the audit beside each: where it was done, nothing personal.
    """

    session: AsyncSession
    applicant_id: str
    actor: Actor
    at: datetime
    policy: Policy
    data: Mapping[str, Any]

    async def mark_cbsa_shared(self, shared_at: object = None) -> Correction:
        """Says that the result of the completed CBSA interview was shared with CBP: at `shared_at`, or by now.

        Raises:
            CorrectionRefusedError: no CBSA interview is completed at an airport, or it is shared already.
            CorrectionFaultsError: `shared_at` is no instant between that interview and now.
        """
        file = corrected(await self._file())
        done = self._counting(_application(file).interviews)
        if done is None or not done.completed:
            raise CorrectionRefusedError(
                "cbsa-not-completed",
                "the file has no completed CBSA interview whose result could have been shared; "
                "if a booked one took place, mark it as completed first",
            )
        if not done.at_airport:
            raise CorrectionRefusedError(
                "cbsa-at-land-centre",
                "the CBSA part was done at a land centre, where sharing decides nothing: "
                "the published policy has no airport way to go on from there",
            )
        known = _application(file).shared_with_cbp_at
        if known is not None and known <= self.at:
            raise CorrectionRefusedError("shared-already", f"the file says so already, since {known.isoformat()}")
        instant = self.at if shared_at is None else self._instant(shared_at)
        if instant > self.at:
            raise CorrectionFaultsError([f"shared_at: expected an instant not after now ({self.at.isoformat()})"])
        if done.at is not None and instant < done.at:
            raise CorrectionFaultsError(
                [f"shared_at: expected an instant after the CBSA interview ({done.at.isoformat()})"]
            )
        return await self._add(CbsaShared(*_place(file), centre=_centre(done), shared_at=instant))

    async def mark_cbsa_completed(self) -> Correction:
        """Says that the booked CBSA interview, whose time has come, took place.

        Of several booked ones it is the one that counts: at an airport before at a land centre, then the soonest.

        Raises:
            CorrectionRefusedError: none is booked, its time is still ahead, or one is completed already.
        """
        file = corrected(await self._file())
        interviews = _application(file).interviews or ()
        booked = self._counting(interviews)
        if booked is None:
            raise CorrectionRefusedError("cbsa-not-booked", "the file has no CBSA interview that is booked")
        if booked.completed:
            raise CorrectionRefusedError("cbsa-completed-already", "the file has a completed CBSA interview already")
        due = self._counting(tuple(one for one in interviews if one.at is None or one.at <= self.at))
        if due is None:
            when = "" if booked.at is None else f" ({booked.at.isoformat()})"
            raise CorrectionRefusedError("cbsa-still-ahead", f"the booked CBSA interview is still ahead{when}")
        return await self._add(CbsaCompleted(*_place(file), centre=_centre(due), at=due.at))

    async def add_trip(self, segments: object) -> Correction:
        """Adds a trip of `segments`, which are JSON values as those of a case; it may lie in the past.

        Raises:
            CorrectionFaultsError: the segments are not those of a trip.
            CorrectionRefusedError: the file has the trip, or has as many as a case can have.
        """
        trip = self._trip(segments)
        trips = list(corrected(await self._file()).trips)
        if is_known(trip, trips):
            raise CorrectionRefusedError("trip-known", "the file has this trip already")
        if len(trips) >= MOST_TRIPS:
            raise CorrectionRefusedError("too-many-trips", f"the file has {len(trips)} trips, as many as it can have")
        return await self._add(AddedTrip(trip.segments))

    async def withdraw(self, correction_id: str) -> None:
        """Takes a correction back; it stays in the file as withdrawn.

        Raises:
            NoSuchCorrectionError: the file has none of this id.
            CorrectionRefusedError: it was withdrawn before.
        """
        await self._file()
        correction = await self.session.get(Correction, correction_id, populate_existing=True)
        if correction is None or correction.applicant_id != self.applicant_id:
            raise NoSuchCorrectionError(correction_id)
        if correction.withdrawn_at is not None:
            raise CorrectionRefusedError(
                "withdrawn-already", f"{correction.withdrawn_by_name} has withdrawn this correction already"
            )
        correction.withdrawn_at = self.at
        correction.withdrawn_by_id, correction.withdrawn_by_name = self.actor.id, self.actor.name
        await self.session.flush()
        await self._note(WITHDRAWN, correction)

    async def _file(self) -> Applicant:
        # Two who correct a file at once come one after the other, and the second finds what the first did.
        await self.session.execute(select(Applicant.id).where(Applicant.id == self.applicant_id).with_for_update())
        applicant = await applicant_file(self.session, self.applicant_id)
        if applicant is None:
            raise LookupError(f"no applicant has the id {self.applicant_id}")
        return applicant

    async def _add(self, facts: Facts) -> Correction:
        correction = Correction(
            id=str(uuid.uuid4()),
            applicant_id=self.applicant_id,
            kind=kind_of(facts),
            facts=stored(facts),
            made_at=self.at,
            made_by_id=self.actor.id,
            made_by_name=self.actor.name,
        )
        self.session.add(correction)
        await self.session.flush()
        await self._note(CORRECTED, correction)
        return correction

    async def _note(self, action: str, correction: Correction) -> None:
        data = {**self.data, "correction": correction.id, "kind": correction.kind}
        await audit.note(self.session, self.actor, action, "applicant", self.applicant_id, self.at, data)

    def _counting(self, interviews: tuple[case.Interview, ...] | None) -> CbsaInterview | None:
        try:
            return counting_cbsa(interviews, InForce(self.policy, self.at.astimezone(PROGRAMME_ZONE).date()))
        except UnknownCentreError as error:
            raise CorrectionRefusedError("centre-unknown", f"the file names {error}; correct the register") from error

    def _instant(self, given: object) -> datetime:
        application = {"status": "conditionally_approved", "shared_with_cbp_at": given}
        read = self._read({"application": application}, "application.shared_with_cbp_at", "shared_at").application
        if read is None or read.shared_with_cbp_at is None:
            raise CorrectionFaultsError(["shared_at: not a date-time with offset"])
        return read.shared_with_cbp_at.astimezone(UTC)

    def _trip(self, segments: object) -> case.Trip:
        trips = self._read({"trips": [{"segments": segments}]}, "trips[0].segments", "segments").trips or ()
        legs = tuple(replace(leg, departs_at=leg.departs_at.astimezone(UTC)) for leg in trips[0].segments)
        for index, leg in enumerate(legs[1:], 1):
            if leg.departs_at < legs[index - 1].departs_at:
                raise CorrectionFaultsError(
                    [f"segments[{index}].departs_at: is before the leg above it; give the legs in travel order"]
                )
        return case.Trip(legs)

    def _read(self, values: dict[str, Any], path: str, field: str) -> case.Case:
        try:
            return read_case({"now": self.at.isoformat(), **values}, self.policy)
        except CaseError as error:
            raise CorrectionFaultsError([line.replace(path, field, 1) for line in error.errors]) from error


def _application(file: CorrectedFile) -> case.Application:
    if file.application is None:
        raise CorrectionRefusedError("no-application", "the file has no application")
    return file.application


def _place(file: CorrectedFile) -> tuple[int, date | None]:
    assert file.number is not None  # whoever asks has found its application
    return file.number, _application(file).submitted_on


def _centre(interview: CbsaInterview) -> str:
    assert interview.interview.centre is not None  # the policy knows no centre without a name
    return interview.interview.centre
