"""The sample register: invented people, dated from the day they are loaded, so that what they show stays true.

In `data/sample/applicants.yml` a day is `{days: -10}`, counted from today, and an instant is
`{days: 6, time: "14:00", zone: America/Vancouver}`. The numbers and birth dates there are public; they open invented
files only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.applicants.importing.check import Checker
from bot.applicants.importing.read import pack
from bot.applicants.importing.read_json import applicant_rows
from bot.applicants.importing.store import Stored, store
from bot.applicants.models import Applicant
from bot.settings import ROOT

SAMPLE_FILE = ROOT / "data" / "sample" / "applicants.yml"
HOME_ZONE = "America/Toronto"


class SampleError(ValueError):
    """The sample file has faults; the message lists them."""


@dataclass(frozen=True)
class SamplePerson:
    """What someone who tries the guide needs to know of an invented person."""

    id: str
    name: str
    passid: str
    application_number: str
    birth_date: str
    shows: str


@dataclass(frozen=True)
class Sample:
    """The invented people, and their records ready to be stored."""

    people: tuple[SamplePerson, ...]
    packed: tuple[bytes, ...]


def read_sample(secret_key: str, now: datetime, file: Path = SAMPLE_FILE) -> Sample:
    """Reads the sample file as of `now`.

    Raises:
        SampleError: a record would not pass an import.
    """
    records = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["applicants"]
    checker = Checker(secret_key, now.date(), invented=True)
    people, packed, faults = [], [], []
    for number, record in enumerate(records, 1):
        shows = record.pop("shows")
        entry, found = checker.check(applicant_rows(_dated(record, now), number))
        faults += [f"{file.name}, applicant {number}, {fault.field}: {fault.problem}" for fault in found]
        if entry is not None:
            packed.append(pack(entry))
            numbers = (str(record["passid"]), str(record["application_number"]), str(record["birth_date"]))
            people.append(SamplePerson(entry.id, entry.name, *numbers, shows))
    if faults:
        raise SampleError("\n".join(faults))
    return Sample(tuple(people), tuple(packed))


def _dated(value: object, now: datetime) -> object:
    if isinstance(value, list):
        return [_dated(inner, now) for inner in value]
    if not isinstance(value, dict):
        return value
    if "days" not in value:
        return {key: _dated(inner, now) for key, inner in value.items()}
    zone = ZoneInfo(value.get("zone", HOME_ZONE))
    day = now.astimezone(zone).date() + timedelta(days=value["days"])
    if "time" not in value:
        return day.isoformat()
    return datetime.combine(day, time.fromisoformat(value["time"]), zone).isoformat()


async def store_sample(session: AsyncSession, packed: Sequence[bytes], secret_key: str, now: datetime) -> Stored:
    """Adds the invented people, or dates those already there anew. Real applicants are not touched."""
    return await store(session, packed, secret_key, now)


async def has_real_applicants(session: AsyncSession) -> bool:
    """Whether anybody in the register is not invented."""
    return bool(await session.scalar(select(func.count()).select_from(Applicant).where(~Applicant.invented)))
