"""What staff correct in a file: each act is stored and audited in the caller's transaction."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.applicants.corrected import MOST_TRIPS, CorrectedFile, corrected, is_known
from bot.applicants.correction_facts import AddedTrip, CbsaCompleted, CbsaShared, Facts, kind_of, stored
from bot.applicants.lookup import applicant_file
from bot.applicants.markable import application_of, in_force_at, to_complete, to_share
from bot.applicants.models import Applicant, Correction
from bot.applicants.refusal import CorrectionRefusedError
from bot.applicants.told_trip import CorrectionFaultsError, told_trip
from bot.audit import log as audit
from bot.audit.actor import Actor
from bot.guidance.interviews import CbsaInterview
from bot.guidance.policy import Policy
from bot.guidance.reading import CaseError, read_case

VIEWED, CORRECTED, WITHDRAWN = "file.viewed", "file.corrected", "file.correction_withdrawn"


class NoSuchCorrectionError(LookupError):
    """The file has no correction of this id."""


async def note_look(
    session: AsyncSession, actor: Actor, applicant_id: str, at: datetime, data: Mapping[str, Any]
) -> None:
    """Notes in the audit that `actor` looked at the file."""
    await audit.note(session, actor, VIEWED, "applicant", applicant_id, at, data)


async def trip_added_since(session: AsyncSession, applicant_id: str, instant: datetime) -> bool:
    """Whether staff have added a trip at `instant` or later, and not withdrawn it."""
    added = select(Correction.id).where(
        Correction.applicant_id == applicant_id,
        Correction.kind == "trip",
        Correction.made_at >= instant,
        Correction.withdrawn_at.is_(None),
    )
    return await session.scalar(added.limit(1)) is not None


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
        file = await self._corrected()
        done = to_share(file, self.at, in_force_at(self.at, self.policy))
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

        Raises:
            CorrectionRefusedError: none is booked, its time is still ahead, or one is completed already.
        """
        file = await self._corrected()
        due = to_complete(file, self.at, in_force_at(self.at, self.policy))
        return await self._add(CbsaCompleted(*_place(file), centre=_centre(due), at=due.at))

    async def add_trip(self, segments: object) -> Correction:
        """Adds a trip of `segments`, JSON values as `bot.applicants.told_trip` reads them.

        Raises:
            CorrectionFaultsError: the segments are not those of a trip.
            CorrectionRefusedError: the file has the trip, or has as many as a case can have.
        """
        trip = told_trip(segments, self.at, self.policy)
        trips = (await self._corrected()).trips
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
        corrections = (await self._file()).corrections
        correction = next((one for one in corrections if one.id == correction_id), None)
        if correction is None:
            raise NoSuchCorrectionError(correction_id)
        if correction.withdrawn_at is not None:
            raise CorrectionRefusedError(
                "withdrawn-already", f"{correction.withdrawn_by_name} has withdrawn this correction already"
            )
        correction.withdrawn_at = self.at
        correction.withdrawn_by_id, correction.withdrawn_by_name = self.actor.id, self.actor.name
        await self.session.flush()
        await self._note(WITHDRAWN, correction)

    async def _corrected(self) -> CorrectedFile:
        return corrected(await self._file())

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

    def _instant(self, given: object) -> datetime:
        application = {"status": "conditionally_approved", "shared_with_cbp_at": given}
        try:
            read = read_case({"now": self.at.isoformat(), "application": application}, self.policy).application
        except CaseError as error:
            faults = [line.replace("application.shared_with_cbp_at", "shared_at", 1) for line in error.errors]
            raise CorrectionFaultsError(faults) from error
        assert read is not None
        assert read.shared_with_cbp_at is not None
        return read.shared_with_cbp_at.astimezone(UTC)


def _place(file: CorrectedFile) -> tuple[int, date | None]:
    assert file.number is not None  # whoever asks has found its application
    return file.number, application_of(file).submitted_on


def _centre(interview: CbsaInterview) -> str:
    assert interview.interview.centre is not None  # the policy knows no centre without a name
    return interview.interview.centre
