"""Reading CSV: one row one thing, an applicant's rows together, its own row first.

The column `record` says what a row is: applicant, application, interview or segment. Interviews belong to the
application above them. Segments with the same number in `trip` make one trip.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from bot.applicants.importing import fields
from bot.applicants.importing.fault import Fault, ImportFileError, quoted
from bot.applicants.importing.row import ApplicantRows, ApplicationRows, Row
from bot.applicants.importing.values import ExpectedError, count

KEYS = ("record", "id", "trip")
COLUMNS = (*KEYS, *dict.fromkeys(name for record in fields.RECORDS.values() for name in record if name != "id"))
Advance = Callable[[int], object]


def read_csv(file: BinaryIO, advance: Advance) -> Iterator[ApplicantRows]:
    """The applicants of a CSV file in order; `advance` is told how many bytes were read.

    Commas or semicolons separate, as the first line does; a byte order mark and Windows line ends are taken.

    Raises:
        ImportFileError: the first line does not name the columns, or the file is not CSV from some line on.
    """
    lines = _lines(file, advance)
    first = next(lines)
    separator = ";" if first.count(";") > first.count(",") else ","
    names = [name.strip().casefold() for name in next(csv.reader([first], delimiter=separator))]
    _check_names(names)
    # Lines are counted from the second on, the first being read already.
    reader = csv.reader(lines, delimiter=separator, strict=True)
    applicant: _Applicant | None = None
    start = 2
    try:
        for cells in reader:
            line, start = start, reader.line_num + 2
            if not any(cell.strip() for cell in cells):
                continue
            row = _Cells(line, names, cells)
            if applicant is None or row.record == "applicant" or (not row.known and row.id != applicant.id):
                if applicant is not None:
                    yield applicant.rows
                applicant = _Applicant(row)
            else:
                applicant.add(row)
    except csv.Error as error:
        raise ImportFileError(f"line {start}: this is not CSV any more ({error}); check the quotes above it") from error
    if applicant is not None:
        yield applicant.rows


def _lines(file: BinaryIO, advance: Advance) -> Iterator[str]:
    for number, line in enumerate(file, 1):
        advance(len(line))
        raw = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if b"\0" in raw:
            raise ImportFileError(f"line {number}: this is not text in UTF-8; save the file as CSV in UTF-8")
        # What is not UTF-8 is kept as lone surrogates, for the check of the field to name.
        yield raw.decode("utf-8", "surrogateescape")


def _check_names(names: list[str]) -> None:
    unknown = [name for name in names if name not in COLUMNS]
    twice = sorted({name for name in names if names.count(name) > 1})
    missing = [name for name in ("record", "id") if name not in names]
    if missing:
        raise ImportFileError(
            f"line 1: the columns {' and '.join(missing)} are missing; the first line names the columns"
        )
    if twice:
        raise ImportFileError(f"line 1: the column {quoted(twice[0])} stands twice")
    if unknown:
        shown = ", ".join(map(quoted, unknown))
        raise ImportFileError(f"line 1: unknown column {shown}; expected some of {', '.join(COLUMNS)}")


class _Cells:
    """One line: what it is, whose it is, and its values."""

    def __init__(self, line: int, names: list[str], cells: list[str]) -> None:
        self.line = line
        self.faults: list[Fault] = []
        values: dict[str, object] = {
            name: cell for name, cell in zip(names, cells, strict=False) if cell and not cell.isspace()
        }
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            self.faults.append(Fault(line, "", f"expected {len(names)} cells as in line 1, got {len(cells)}"))
        self.record = str(values.pop("record", "")).strip().casefold()
        self.id = str(values.get("id", "")).strip()
        self.trip = 1
        self.known = self.record in fields.RECORDS
        if not self.known:
            problem = f"expected one of {', '.join(fields.RECORDS)}, got {quoted(self.record)}"
            self.faults.append(Fault(line, "record", problem))
        if self.record != "applicant":
            values.pop("id", None)
        if self.record == "segment":
            self._read_trip(values.pop("trip", "1"))
        self.values = values

    def _read_trip(self, value: object) -> None:
        try:
            self.trip = count(value)
        except ExpectedError as error:
            self.faults.append(Fault(self.line, "trip", f"expected {error}, got {quoted(value)}"))


class _Applicant:
    """Gathers an applicant's rows."""

    def __init__(self, row: _Cells) -> None:
        self.id = row.id
        self.trips: dict[int, list[Row]] = {}
        self.rows = ApplicantRows(None, faults=row.faults)
        if row.record == "applicant":
            self.rows.applicant = Row(row.line, "", row.values)
        elif row.known:
            problem = f"expected the applicant's own row first, got {quoted(row.record)}"
            self.rows.faults.append(Fault(row.line, "record", problem))

    def add(self, cells: _Cells) -> None:
        """Takes in one more row, or notes why it does not belong here."""
        rows = self.rows
        rows.faults.extend(cells.faults)
        if cells.id != self.id:
            problem = f"expected {quoted(self.id)} as in the applicant row above, got {quoted(cells.id)}"
            rows.faults.append(Fault(cells.line, "id", problem))
        row = Row(cells.line, "", cells.values)
        if cells.record == "application":
            rows.applications.append(ApplicationRows(row))
        elif cells.record == "interview" and rows.applications:
            rows.applications[-1].interviews.append(row)
        elif cells.record == "interview":
            rows.faults.append(Fault(cells.line, "record", "expected the application's row before its interview"))
        elif cells.record == "segment":
            if cells.trip not in self.trips:
                self.trips[cells.trip] = []
                rows.trips.append(self.trips[cells.trip])
            self.trips[cells.trip].append(row)


def write_rows(rows: Iterable[dict[str, object]]) -> Iterator[list[str]]:
    """The header and the cells of `rows` (by column), for programs that make such files."""
    yield list(COLUMNS)
    for row in rows:
        yield [str(row.get(name, "")) for name in COLUMNS]
