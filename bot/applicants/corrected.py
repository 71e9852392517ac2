"""A file as it stands with what staff corrected: the register below, corrections above, nothing of either changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from bot.applicants.correction_facts import AddedTrip, CbsaCompleted, CbsaShared, facts_of
from bot.applicants.current import current_application
from bot.applicants.models import Applicant, Application, Trip
from bot.guidance import case

MOST_TRIPS = 50
"""As many as a case may have."""


@dataclass(frozen=True)
class CorrectedFile:
    """The application that counts, its number in the register, the trips, and which corrections have an effect.

    `trips` pairs each trip with the id of the correction that added it, None for those of the register.
    """

    application: case.Application | None
    number: int | None
    trips: tuple[tuple[case.Trip, str | None], ...]
    in_effect: frozenset[str]


def corrected(applicant: Applicant) -> CorrectedFile:
    """The file `applicant` (`lookup.applicant_file`) with every correction that was not withdrawn and still fits it.

    Where register and staff both say when the CBSA part was shared, the earlier instant counts.
    """
    current = current_application(applicant.applications)
    application = None if current is None else _application(current)
    trips: list[tuple[case.Trip, str | None]] = [(_trip(trip), None) for trip in applicant.trips]
    in_effect = set()
    standing = [
        (correction.id, facts_of(correction)) for correction in applicant.corrections if correction.withdrawn_at is None
    ]
    # A mark "shared" rests on an interview that is done, so those come first whichever was made first.
    standing.sort(key=lambda one: isinstance(one[1], CbsaShared))
    for key, facts in standing:
        if isinstance(facts, AddedTrip):
            trip = case.Trip(facts.segments)
            if not is_known(trip, trips):
                trips.append((trip, key))
                in_effect.add(key)
            continue
        if application is None or current is None or not _is_about(facts, current):
            continue
        after = _completed(application, facts) if isinstance(facts, CbsaCompleted) else _shared(application, facts)
        if after is not None:
            application = after
            in_effect.add(key)
    # What an import brought on top of what staff added may be too much for a case; the register's first gives way.
    kept = tuple(trips[-MOST_TRIPS:])
    return CorrectedFile(application, None if current is None else current.number, kept, frozenset(in_effect))


def is_known(trip: case.Trip, trips: Iterable[tuple[case.Trip, str | None]]) -> bool:
    """Whether the same legs at the same instants are among `trips`, whatever the flights are called."""
    return any(_legs(trip) == _legs(other) for other, _ in trips)


def _legs(trip: case.Trip) -> list[tuple[object, ...]]:
    return [(leg.origin, leg.destination, leg.departs_at, leg.mode) for leg in trip.segments]


def _is_about(facts: CbsaCompleted | CbsaShared, current: Application) -> bool:
    return facts.application == current.number and facts.submitted_on in (None, current.submitted_on)


def _completed(application: case.Application, facts: CbsaCompleted) -> case.Application | None:
    interviews = application.interviews or ()
    for index, one in enumerate(interviews):
        if (one.agency, one.state, one.centre, one.at) == ("CBSA", "scheduled", facts.centre, facts.at):
            done = replace(one, state="completed")
            return replace(application, interviews=(*interviews[:index], done, *interviews[index + 1 :]))
    return None


def _shared(application: case.Application, facts: CbsaShared) -> case.Application | None:
    if not any(
        (one.agency, one.state, one.centre) == ("CBSA", "completed", facts.centre)
        for one in application.interviews or ()
    ):
        return None
    known = application.shared_with_cbp_at
    if known is not None and known <= facts.shared_at:
        return None
    return replace(application, shared_with_cbp_at=facts.shared_at)


def _trip(trip: Trip) -> case.Trip:
    return case.Trip(
        segments=tuple(
            case.Segment(
                origin=segment.origin,
                destination=segment.destination,
                departs_at=segment.departs_at,
                flight=segment.flight,
                mode=segment.mode,
            )
            for segment in trip.segments
        )
    )


def _application(application: Application) -> case.Application:
    return case.Application(
        status=application.status,
        kind=application.kind,
        submitted_on=application.submitted_on,
        membership_expires_on=application.membership_expires_on,
        auto_renewed=application.auto_renewed,
        interviews=tuple(
            case.Interview(
                agency=interview.agency,
                state=interview.state,
                centre=interview.centre,
                at=interview.at,
            )
            for interview in application.interviews
        ),
        shared_with_cbp_at=application.shared_with_cbp_at,
    )
