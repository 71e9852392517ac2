"""Turning an applicant's rows into an entry, or into everything that is wrong with them."""

from datetime import date, datetime
from typing import Any

from bot.applicants.digests import NumberKind, proof_digest
from bot.applicants.importing import fields
from bot.applicants.importing.entry import ApplicantEntry, ApplicationEntry, InterviewEntry, SegmentEntry
from bot.applicants.importing.fault import Fault, quoted
from bot.applicants.importing.row import ApplicantRows, ApplicationRows, Row
from bot.applicants.importing.values import ExpectedError, airport

OLDEST_BIRTH = date(1900, 1, 1)
# The limits of a case (`bot.guidance.case`), so that what is imported can be ruled on.
MOST_INTERVIEWS, MOST_TRIPS, MOST_SEGMENTS = 50, 50, 20
NUMBER_FIELDS: dict[NumberKind, str] = {"passid": "passid", "application": "application_number"}


class Checker:
    """Checks the applicants of one file, one after another; it remembers ids and numbers to find those given twice."""

    def __init__(self, secret_key: str, today: date, *, invented: bool = False) -> None:
        self._secret_key = secret_key
        self._today = today
        self._invented = invented
        self._ids: dict[str, int] = {}
        self._numbers: dict[tuple[NumberKind, str], int] = {}
        self._faults: list[Fault] = []

    def check(self, rows: ApplicantRows) -> tuple[ApplicantEntry | None, list[Fault]]:
        """The entry, or None and all that is wrong with this applicant."""
        self._faults = list(rows.faults)
        person = self._person(rows)
        applications = [self._application(application) for application in rows.applications]
        trips = [self._trip(trip) for trip in rows.trips]
        if len(trips) > MOST_TRIPS and rows.applicant is not None:
            self._fault(rows.applicant, "trips", f"expected at most {MOST_TRIPS} trips, got {len(trips)}")
        if self._faults or person is None:
            return None, sorted(self._faults)
        return (
            ApplicantEntry(
                id=person["id"],
                name=person["name"],
                language=person["language"],
                residence=person["residence"],
                latitude=person["latitude"],
                longitude=person["longitude"],
                invented=self._invented,
                applications=[entry for entry in applications if entry is not None],
                trips=[[segment for segment in trip if segment is not None] for trip in trips],
                proofs=self._digests(person),
            ),
            [],
        )

    def _read(self, record: str, row: Row) -> dict[str, Any]:
        readers, required = fields.RECORDS[record], fields.REQUIRED[record]
        result: dict[str, Any] = dict.fromkeys(readers)
        for field, value in row.values.items():
            reader = readers.get(field)
            if reader is None:
                self._fault(row, field, f"unknown; {record} has {', '.join(readers)}")
                continue
            try:
                result[field] = reader(value)
            except ExpectedError as error:
                self._fault(row, field, f"expected {error}, got {quoted(value)}")
        for field in readers:
            if field in required and field not in row.values:
                self._fault(row, field, "is missing")
        return result

    def _person(self, rows: ApplicantRows) -> dict[str, Any] | None:
        row = rows.applicant
        if row is None:
            return None
        person = self._read("applicant", row)
        if person["id"] is not None:
            first = self._ids.get(person["id"])
            if first is not None:
                self._fault(row, "id", f"{quoted(person['id'])} stands at line {first} already; give each id once")
            self._ids.setdefault(person["id"], row.line)
        born: date | None = person["birth_date"]
        if born is not None and not OLDEST_BIRTH <= born <= self._today:
            self._fault(row, "birth_date", f"expected a day from {OLDEST_BIRTH} to today, got {quoted(str(born))}")
        if ("latitude" in row.values) != ("longitude" in row.values):
            missing = "longitude" if "latitude" in row.values else "latitude"
            self._fault(row, missing, "is missing; give both latitude and longitude or neither")
        self._check_numbers(row, person)
        return person

    def _check_numbers(self, row: Row, person: dict[str, Any]) -> None:
        given = [field for field in NUMBER_FIELDS.values() if field in row.values]
        if given and "birth_date" not in row.values:
            self._fault(row, "birth_date", f"is missing; it is needed together with {given[0]}")
        for kind, field in NUMBER_FIELDS.items():
            number: str | None = person[field]
            if number is None:
                continue
            first = self._numbers.get((kind, number))
            if first is not None:
                self._fault(row, field, f"{quoted(number)} is the number at line {first} too; correct one of them")
            self._numbers.setdefault((kind, number), row.line)

    def _digests(self, person: dict[str, Any]) -> list[str]:
        born = person["birth_date"]
        numbers = {kind: person[field] for kind, field in NUMBER_FIELDS.items()}
        return [proof_digest(self._secret_key, kind, number, born) for kind, number in numbers.items() if number]

    def _application(self, rows: ApplicationRows) -> ApplicationEntry | None:
        before = len(self._faults)
        values = self._read("application", rows.application)
        interviews = [self._interview(row) for row in rows.interviews]
        if len(interviews) > MOST_INTERVIEWS:
            problem = f"expected at most {MOST_INTERVIEWS} interviews, got {len(interviews)}"
            self._fault(rows.application, "interviews", problem)
        if len(self._faults) > before:
            return None
        return ApplicationEntry(**values, interviews=[entry for entry in interviews if entry is not None])

    def _interview(self, row: Row) -> InterviewEntry | None:
        before = len(self._faults)
        values = self._read("interview", row)
        if values["state"] == "scheduled" and "at" not in row.values:
            self._fault(row, "at", "is missing; a scheduled interview has a time")
        if values["agency"] == "CBSA" and values["state"] in {"scheduled", "completed"} and "centre" not in row.values:
            self._fault(row, "centre", f"is missing; where a {values['state']} CBSA interview is held decides the rest")
        return None if len(self._faults) > before else InterviewEntry(**values)

    def _trip(self, rows: list[Row]) -> list[SegmentEntry | None]:
        if len(rows) > MOST_SEGMENTS:
            self._fault(rows[0], "segments", f"expected at most {MOST_SEGMENTS} segments in a trip, got {len(rows)}")
        segments = []
        last: datetime | None = None
        for row in rows:
            segment = self._segment(row)
            if segment is not None and last is not None and segment.departs_at < last:
                self._fault(row, "departs_at", "is before the leg above it; give the legs of a trip in travel order")
            last = segment.departs_at if segment is not None else last
            segments.append(segment)
        return segments

    def _segment(self, row: Row) -> SegmentEntry | None:
        before = len(self._faults)
        values = self._read("segment", row)
        values["mode"] = values["mode"] or "air"
        if values["mode"] in {"air", "private_air"}:
            for field in ("origin", "destination"):
                if values[field] is None:
                    continue
                try:
                    values[field] = airport(values[field])
                except ExpectedError as error:
                    self._fault(row, field, f"expected {error}, got {quoted(values[field])}")
        return None if len(self._faults) > before else SegmentEntry(**values)

    def _fault(self, row: Row, field: str, problem: str) -> None:
        self._faults.append(Fault(row.line, f"{row.path}{field}", problem))
