"""Reading JSON: an array of applicants, each with its applications and trips inside it."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

from bot.applicants.importing.fault import Fault, ImportFileError, quoted
from bot.applicants.importing.row import ApplicantRows, ApplicationRows, Row

Advance = Callable[[int], object]


class _Wrapped(msgspec.Struct):
    applicants: list[msgspec.Raw]


def read_json(file: BinaryIO, advance: Advance) -> Iterator[ApplicantRows]:
    """The applicants of a JSON file in order; `advance` is told how many bytes were read.

    Faults name the line on which the applicant begins and the path inside it.

    Raises:
        ImportFileError: it is not JSON in UTF-8, or not an array of applicants.
    """
    data = file.read().removeprefix(b"\xef\xbb\xbf")
    _check_utf8(data)
    line = 1
    position = 0
    for raw in _items(data):
        item = bytes(raw)
        start = data.index(item, position)
        line += data.count(b"\n", position, start)
        yield applicant_rows(_decoded(item, line), line)
        end = start + len(item)
        line += data.count(b"\n", start, end)
        advance(end - position)
        position = end


def _check_utf8(data: bytes) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportFileError(f"line {line}: this is not text in UTF-8; save the file as UTF-8") from error


def _items(data: bytes) -> list[msgspec.Raw]:
    try:
        if data.lstrip().startswith(b"{"):
            return msgspec.json.decode(data, type=_Wrapped).applicants
        return msgspec.json.decode(data, type=list[msgspec.Raw])
    except msgspec.ValidationError as error:
        raise ImportFileError(
            'line 1: expected an array of applicants, or an object whose "applicants" is one'
        ) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise ImportFileError(f"this is not JSON ({error}); correct the file and import it again") from error


def _decoded(item: bytes, line: int) -> object:
    try:
        return msgspec.json.decode(item)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ImportFileError(f"line {line}: the applicant here is not JSON ({error})") from error


def applicant_rows(item: object, line: int) -> ApplicantRows:
    """The rows of one applicant's object, which stands at `line`."""
    faults: list[Fault] = []
    top = _object(item, line, "", faults)
    home = top.pop("residence", None)
    if isinstance(home, dict):
        top.update({"residence" if key == "name" else key: value for key, value in home.items() if value is not None})
    elif home is not None:
        top["residence"] = home
    rows = ApplicantRows(Row(line, "", top), faults=faults)
    single = top.pop("application", None)
    if single is not None and "applications" in top:
        faults.append(Fault(line, "application", "expected application or applications, got both"))
    given = [("application.", single)] if single is not None else _array(top, "applications", line, "", faults)
    for path, value in given:
        values = _object(value, line, path, faults)
        interviews = _array(values, "interviews", line, path, faults)
        rows.applications.append(
            ApplicationRows(
                Row(line, path, values),
                [Row(line, inner, _object(interview, line, inner, faults)) for inner, interview in interviews],
            )
        )
    for path, value in _array(top, "trips", line, "", faults):
        trip = _object(value, line, path, faults)
        segments = _array(trip, "segments", line, path, faults)
        faults.extend(Fault(line, f"{path}{key}", "unknown; a trip has segments") for key in trip)
        if not segments:
            faults.append(Fault(line, f"{path}segments", "expected at least one segment"))
        rows.trips.append([Row(line, inner, _object(segment, line, inner, faults)) for inner, segment in segments])
    return rows


def _object(value: object, line: int, path: str, faults: list[Fault]) -> dict[str, object]:
    if isinstance(value, dict):
        return {str(key): inner for key, inner in value.items() if inner is not None and inner != ""}
    faults.append(Fault(line, path.rstrip("."), f"expected an object, got {quoted(value)}"))
    return {}


def _array(values: dict[str, object], name: str, line: int, path: str, faults: list[Fault]) -> list[tuple[str, object]]:
    value = values.pop(name, [])
    if not isinstance(value, list):
        faults.append(Fault(line, f"{path}{name}", f"expected an array, got {quoted(value)}"))
        return []
    return [(f"{path}{name}[{index}].", inner) for index, inner in enumerate(value)]
