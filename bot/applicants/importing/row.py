"""A file's content before it is checked, the same for CSV and JSON."""

from dataclasses import dataclass, field

from bot.applicants.importing.fault import Fault


@dataclass(slots=True)
class Row:
    """The values of one thing. `path` leads to it inside its applicant, where the file nests: "trips[0].".

    A value that was left empty is not in `values`.
    """

    line: int
    path: str
    values: dict[str, object]


@dataclass(slots=True)
class ApplicationRows:
    """An application and its interviews."""

    application: Row
    interviews: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class ApplicantRows:
    """Everything of one applicant, and what the reader already found wrong with it.

    `applicant` is None where the applicant's own row is missing or cannot be made out, which is a fault then.
    """

    applicant: Row | None
    applications: list[ApplicationRows] = field(default_factory=list)
    trips: list[list[Row]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
