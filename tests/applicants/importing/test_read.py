"""Reading and checking files: what is taken, and how everything wrong is told with line and field."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from bot.applicants.importing.fault import ImportFileError
from bot.applicants.importing.read import Contents, read_file, unpack
from bot.settings import ROOT

TODAY = date(2026, 11, 21)
KEY = "a key for tests"
HEADER = "record,id,name,language,birth_date,passid,status,agency,state,centre,at,trip,origin,destination,departs_at\n"
AMARA = "applicant,A-1,Amara,en,1984-03-09,980000001,,,,,,,,,\n"


def contents(tmp_path: Path, data: str | bytes) -> Contents:
    file = tmp_path / "file"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_file(file, KEY, TODAY)


def faults(tmp_path: Path, data: str | bytes) -> list[str]:
    return [str(fault) for fault in contents(tmp_path, data).faults]


def names(found: Contents) -> list[str]:
    return [unpack(item).name for item in found.packed]


def documented(kind: str) -> str:
    match = re.search(rf"```{kind}\n(.*?)```", (ROOT / "docs/register.md").read_text(encoding="utf-8"), re.DOTALL)
    assert match
    return match[1]


def test_the_documented_csv_is_taken(tmp_path: Path) -> None:
    found = contents(tmp_path, documented("csv"))
    assert found.faults == []
    assert names(found) == ["Amara Okafor", "Benoît Lachance"]
    amara = unpack(found.packed[0])
    assert [interview.centre for interview in amara.applications[0].interviews] == ["YVR"]
    assert [[leg.destination for leg in trip] for trip in amara.trips] == [["SEA"]]


def test_the_documented_json_says_the_same_as_the_csv(tmp_path: Path) -> None:
    assert contents(tmp_path, documented("json")).packed == contents(tmp_path, documented("csv")).packed[:1]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(",", ";"),
        lambda text: text.replace("applicant,", "Applicant , ").replace("record", "Record"),
        lambda text: text.replace("\n", "\n\n,,,\n"),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("980000001", "98 000-0001"),
        lambda text: text.replace("Amara", '"Amara"'),
    ],
    ids=["bom", "windows", "semicolons", "capitals", "blank-lines", "no-last-line-end", "spaced-number", "quotes"],
)
def test_ways_of_writing_the_same_csv(tmp_path: Path, change: object) -> None:
    expected = contents(tmp_path, HEADER + AMARA)
    assert len(expected.packed) == 1
    assert contents(tmp_path, change(HEADER + AMARA)) == expected  # type: ignore[operator]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "applicant,A-1,Amara,en,12/31/1980,980000001,,,,,,,,,",
            ['line 2, birth_date: expected YYYY-MM-DD, got "12/31/1980"'],
        ),
        (
            "applicant,A-1,Amara,en,1980-02-30,980000001,,,,,,,,,",
            ['line 2, birth_date: expected a date that exists, YYYY-MM-DD, got "1980-02-30"'],
        ),
        (
            "applicant,A-1,Amara,en,2027-01-01,,,,,,,,,,",
            ['line 2, birth_date: expected a day from 1900-01-01 to today, got "2027-01-01"'],
        ),
        (
            "applicant,A-1,,de,,98,,,,,,,,,",
            [
                "line 2, birth_date: is missing; it is needed together with passid",
                'line 2, language: expected one of en, fr, got "de"',
                "line 2, name: is missing",
                'line 2, passid: expected nine digits, got "98"',
            ],
        ),
        (
            "person,A-1,Amara,en,,,,,,,,,,,",
            ["line 2, record: expected one of applicant, application, interview, segment"],
        ),
        (
            "segment,A-1,,,,,,,,,,1,YVR,SEA,2026-11-25T14:00:00-08:00",
            ["line 2, record: expected the applicant's own row"],
        ),
        (f"{AMARA}interview,A-1,,,,,,CBP,completed,,,,,,", ["line 3, record: expected the application's row before"]),
        (
            f"{AMARA}application,B-1,,,,,approved,,,,,,,,",
            ['line 3, id: expected "A-1" as in the applicant row above, got'],
        ),
        (f"{AMARA}application,A-1,Amara,,,,approved,,,,,,,,", ["line 3, name: unknown; application has kind, status"]),
        (f"{AMARA}application,A-1,,,,,,,,,,,,,", ["line 3, status: is missing"]),
        (
            f"{AMARA}application,A-1,,,,,approved,,,,,,,,\ninterview,A-1,,,,,,CBSA,scheduled,,,,,,",
            ["line 4, at: is missing; a scheduled interview", "line 4, centre: is missing; where a scheduled CBSA"],
        ),
        (
            f"{AMARA}segment,A-1,,,,,,,,,,x,YVR,Seattle,2026-11-25T14:00:00",
            [
                "line 3, departs_at: expected a date-time with its offset, e.g. 2026-11-25T14:00:00-08:00, got",
                'line 3, destination: expected an airport\'s IATA code of three letters, e.g. YVR, got "Seattle"',
                'line 3, trip: expected a whole number from 1 to 50, got "x"',
            ],
        ),
        (
            f"{AMARA}segment,A-1,,,,,,,,,,1,YVR,SEA,2026-11-25T14:00Z\nsegment,A-1,,,,,,,,,,1,SEA,LAX,2026-11-25T13:59Z",
            ["line 4, departs_at: is before the leg above it"],
        ),
        (
            f"{AMARA}{AMARA}",
            ['line 3, id: "A-1" stands at line 2 already', 'line 3, passid: "980000001" is the number at'],
        ),
        ("applicant,A-1,Amara,en,,,,,,,,,,,,,extra", ["line 2: expected 15 cells as in line 1, got 17"]),
        (
            "applicant,../etc,A\u202emara,en,,,,,,,,,,,",
            ["line 2, id: expected an id", "line 2, name: expected text of one"],
        ),
    ],
)
def test_every_fault_is_told_with_line_and_field(tmp_path: Path, rows: str, expected: list[str]) -> None:
    found = faults(tmp_path, HEADER + rows + "\n")
    assert len(found) == len(expected), found
    assert all(fault.startswith(start) for fault, start in zip(sorted(found), sorted(expected), strict=True)), found


def test_a_line_that_is_not_utf8_is_one_fault_of_its_field(tmp_path: Path) -> None:
    latin = f"{HEADER}applicant,B-1,Benoît,fr,,,,,,,,,,,\n".encode("latin-1")
    found = contents(tmp_path, latin + AMARA.encode())
    assert [str(fault) for fault in found.faults] == [
        'line 2, name: expected text in UTF-8, got "Beno\\udceet"',
    ]
    assert names(found) == ["Amara"]


def test_good_applicants_stand_beside_bad_ones(tmp_path: Path) -> None:
    found = contents(tmp_path, HEADER + "applicant,B-1,,,,,,,,,,,,,\n" + AMARA)
    assert (names(found), found.bad, {fault.line for fault in found.faults}) == (["Amara"], 1, {2})


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf\r\n", "the file is empty"),
        (HEADER.encode(), "the file holds no applicants"),
        (b"[]", "the file holds no applicants"),
        (b"id,name\n", "line 1: the columns record are missing"),
        (b"record,id,nom\n", 'line 1: unknown column "nom"; expected some of record, id'),
        (b"record,id,id\n", 'line 1: the column "id" stands twice'),
        (HEADER.encode("utf-16"), "the file is in UTF-16"),
        (HEADER.encode() + b"applicant,\0\n", "line 2: this is not text in UTF-8"),
        (HEADER.encode() + b'applicant,A-1,"Amara"x,en\n', "line 2: this is not CSV any more"),
        (b'{"people": []}', "line 1: expected an array of applicants"),
        (b"[{]", "this is not JSON"),
        (b'[\n{"id": "\xff"}]', "line 2: this is not text in UTF-8"),
        (b"[" * 100_000, "this is not JSON"),
        (b"[" + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"]", "not JSON"),
    ],
)
def test_files_that_cannot_be_read_at_all(tmp_path: Path, data: bytes, sentence: str) -> None:
    with pytest.raises(ImportFileError, match=re.escape(sentence)):
        contents(tmp_path, data)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match=r"cannot be read \(No such file or directory\)"):
        read_file(tmp_path / "nowhere.csv", KEY, TODAY)


def test_json_faults_name_the_line_of_the_applicant_and_the_path(tmp_path: Path) -> None:
    people = [
        {"id": "A-1", "name": "Amara", "language": "en", "nickname": "Am"},
        {
            "id": "A-2",
            "name": 7,
            "language": "en",
            "application": {"status": "approved", "interviews": [{"agency": "FBI", "state": "completed"}]},
            "trips": [{"segments": [{"origin": "YVR", "destination": "SEA", "departs_at": 3}]}, {"segments": []}, 5],
        },
        [],
    ]
    lines = ",\n".join(json.dumps(person) for person in people)
    found = faults(tmp_path, f"[\n{lines}\n]")
    assert [fault.split(": ")[0] for fault in found] == [
        "line 2, nickname",
        "line 3, application.interviews[0].agency",
        "line 3, name",
        "line 3, trips[0].segments[0].departs_at",
        "line 3, trips[1].segments",
        "line 3, trips[2]",
        "line 3, trips[2].segments",
        "line 4",
        "line 4, id",
        "line 4, language",
        "line 4, name",
    ]


def test_the_same_id_twice_on_one_line_of_json(tmp_path: Path) -> None:
    person = {"id": "A-1", "name": "Amara", "language": "en"}
    assert faults(tmp_path, json.dumps([person, person])) == [
        'line 1, id: "A-1" stands at line 1 already; give each id once'
    ]


def test_nothing_readable_of_numbers_and_birth_dates_is_packed(tmp_path: Path) -> None:
    packed = contents(tmp_path, HEADER + AMARA).packed[0]
    assert b"980000001" not in packed
    assert b"1984-03-09" not in packed
