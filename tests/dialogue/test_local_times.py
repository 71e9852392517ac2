"""Times by the clock of the airport: Vancouver, three hours behind Ottawa."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.local_times import READ_IN, as_of
from bot.formats import Language
from tests.dialogue.saying import found

VANCOUVER = ZoneInfo("America/Vancouver")


def read(text: str, now: datetime, zone: ZoneInfo, language: Language = "en") -> list[str]:
    wall_clock = now.astimezone(READ_IN).replace(tzinfo=None)
    entities: list[Any] = found(text, language, wall_clock)
    return [entity["value"] for entity in as_of(now, zone, text, entities, language) if entity["entity"] == "time"]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("tomorrow at 6 am from Vancouver", "en", "2026-11-21T06:00"),
        ("demain à 6 h de Vancouver", "fr", "2026-11-21T06:00"),
        ("on December 3 at 2 pm", "en", "2026-12-03T14:00"),
    ],
)
def test_late_in_vancouver_it_is_still_yesterdays_tomorrow(text: str, language: Language, value: str) -> None:
    now = datetime(2026, 11, 20, 22, 30, tzinfo=VANCOUVER)  # 1:30 in the night in Ottawa
    assert read(text, now, VANCOUVER, language) == [value]
    assert read("tomorrow at 6 am", now, READ_IN) == ["2026-11-22T06:00"]


def test_a_time_that_does_not_stand_in_the_text_stays() -> None:
    pressed = {"entity": "time", "value": "2026-11-27T00:00", "start": 0, "end": 0, "extra": {"grain": "day"}}
    assert as_of(datetime(2026, 11, 20, 22, 30, tzinfo=VANCOUVER), VANCOUVER, "", [pressed], "en") == [pressed]
