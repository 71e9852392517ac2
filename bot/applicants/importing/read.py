"""Reading a whole file and checking every applicant in it, before anything is stored."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec

from bot.applicants.importing.check import Checker
from bot.applicants.importing.entry import ApplicantEntry
from bot.applicants.importing.fault import Fault, ImportFileError
from bot.applicants.importing.read_csv import read_csv
from bot.applicants.importing.read_json import read_json

Advance = Callable[[int], object]


@dataclass
class Contents:
    """A file's good applicants, packed (`unpack`) because there may be many, and all its faults in file order."""

    packed: list[bytes] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    bad: int = 0


def read_file(path: Path, secret_key: str, today: date, advance: Advance = lambda size: None) -> Contents:
    """Reads and checks the file; what kind it is shows in its first character. `advance` hears of bytes read.

    Raises:
        ImportFileError: it cannot be read, is empty, or is neither CSV nor JSON as they should be.
    """
    contents = Contents()
    checker = Checker(secret_key, today)
    try:
        with path.open("rb") as file:
            beginning = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
            file.seek(0)
            if not beginning:
                raise ImportFileError("the file is empty; docs/register.md shows what it should hold")
            if beginning[:2] in {b"\xff\xfe", b"\xfe\xff"}:
                raise ImportFileError("the file is in UTF-16; save it as CSV in UTF-8")
            reader = read_json if beginning[:1] in {b"[", b"{"} else read_csv
            for rows in reader(file, advance):
                entry, faults = checker.check(rows)
                if entry is None:
                    contents.bad += 1
                    contents.faults.extend(faults)
                else:
                    contents.packed.append(pack(entry))
    except OSError as error:
        raise ImportFileError(f"the file cannot be read ({error.strerror})") from error
    if not contents.packed and not contents.bad:
        raise ImportFileError("the file holds no applicants; docs/register.md shows what it should hold")
    return contents


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(ApplicantEntry)


def pack(entry: ApplicantEntry) -> bytes:
    """The entry as bytes, the same for the same entry."""
    return _encoder.encode(entry)


def unpack(packed: bytes) -> ApplicantEntry:
    """The entry that was packed."""
    return _decoder.decode(packed)
