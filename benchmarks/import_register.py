"""How long an import takes: makes a CSV of invented applicants and times `nexus-guide applicants import` on it.

    .venv/bin/python benchmarks/import_register.py [HOW_MANY] [json|csv]

The database is a new SQLite file in a temporary folder. A second import of the same file is timed too.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bot.applicants.importing.read_csv import write_rows

AIRPORTS = ("YVR", "YYC", "YEG", "YWG", "YYZ", "YOW", "YUL", "YHZ")
CITIES = ("SEA", "LAX", "DEN", "ORD", "BOS", "EWR", "SFO", "MSP")


def applicants(how_many: int) -> Iterator[dict[str, object]]:
    """Invented applicants, the same ones every time."""
    chance = random.Random(1)
    for number in range(1, how_many + 1):
        home = chance.choice(AIRPORTS)
        trips = [
            {
                "segments": [
                    {
                        "flight": f"AC {chance.randrange(100, 9000)}",
                        "origin": home,
                        "destination": chance.choice(CITIES),
                        "departs_at": f"2026-12-{chance.randrange(1, 29):02}T14:00:00-05:00",
                    }
                ]
            }
            for _ in range(chance.choice((0, 1, 1, 2)))
        ]
        interview = {"agency": "CBSA", "centre": home, "state": "completed", "at": "2026-11-10T10:30:00-05:00"}
        yield {
            "id": f"B-{number:06}",
            "name": f"Bench Person {number}",
            "language": chance.choice(("en", "fr")),
            "birth_date": str(date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))),
            "passid": str(500_000_000 + number),
            "application_number": f"BENCH{number:08}",
            "latitude": 45.5,
            "longitude": -73.6,
            "application": {
                "kind": "new",
                "status": "conditionally_approved",
                "submitted_on": "2026-03-02",
                "interviews": [interview] * chance.choice((0, 1, 1, 2)),
                "shared_with_cbp_at": "2026-11-11T08:00:00-05:00",
            },
            "trips": trips,
        }


def csv_rows(person: dict[str, object]) -> Iterator[dict[str, object]]:
    """The rows of one applicant."""
    person = dict(person)
    application = dict(person.pop("application"))  # type: ignore[call-overload]
    trips = person.pop("trips")
    interviews = application.pop("interviews")
    yield {"record": "applicant", **person}
    yield {"record": "application", "id": person["id"], **application}
    for interview in interviews:
        yield {"record": "interview", "id": person["id"], **interview}
    for number, trip in enumerate(trips, 1):  # type: ignore[arg-type]
        for segment in trip["segments"]:
            yield {"record": "segment", "id": person["id"], "trip": number, **segment}


def main() -> None:
    """Makes the file, imports it twice, says how long each took."""
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    kind = sys.argv[2] if len(sys.argv) > 2 else "csv"
    command = str(Path(sys.executable).with_name("nexus-guide"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"applicants.{kind}"
        with file.open("w", encoding="utf-8", newline="") as out:
            if kind == "json":
                json.dump(list(applicants(how_many)), out)
            else:
                rows = (row for person in applicants(how_many) for row in csv_rows(person))
                csv.writer(out).writerows(write_rows(rows))
        print(f"{how_many} applicants, {file.stat().st_size / 1e6:.0f} MB of {kind}")
        environment = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": ""}
        subprocess.run([command, "migrate"], env=environment, check=True)
        for attempt in ("first", "second"):
            start = time.perf_counter()
            subprocess.run([command, "applicants", "import", str(file)], env=environment, check=True)
            print(f"{attempt} import: {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
