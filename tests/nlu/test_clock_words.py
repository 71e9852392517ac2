"""Clock times: do the words name a day, and which hour does a bare number mean."""

from datetime import time

import pytest

from bot.formats import Language
from bot.nlu.clock_words import clock_reading, says_only_a_clock


@pytest.mark.parametrize(
    "words",
    "at 2 pm,2pm,2:15 p.m.,14:30,noon,midi,minuit,14 h,14 h 30,14h30,a 6 heures,vers 18h,half past six,6 o'clock,"
    "two o'clock,at 6 in the morning,a 2 heures de l'apres-midi,trois heures,quarter to seven,7 h du matin".split(","),
)
def test_only_a_clock(words: str) -> None:
    assert says_only_a_clock(words)


@pytest.mark.parametrize(
    "words", ["friday at 2", "vendredi a 14 h", "tomorrow at noon", "le 3 decembre a 6 h 40", "in 2 hours", "friday"]
)
def test_a_day_as_well(words: str) -> None:
    assert not says_only_a_clock(words)


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "friday at 2", time(14, 0)),
        ("en", "at 5:30", time(17, 30)),
        ("en", "at 6", time(6, 0)),
        ("en", "at 11:15", time(11, 15)),
        ("en", "at 12", time(12, 0)),
        ("en", "at 02:30", time(2, 30)),
        ("en", "at 14:30", time(14, 30)),
        ("en", "at 2 am", None),
        ("en", "at 7 in the evening", None),
        ("en", "noon", None),
        ("en", "at 25", None),
        ("en", "on the 3rd", None),
        ("fr", "vendredi a 2 h", time(2, 0)),
        ("fr", "a 6 h 40", time(6, 40)),
        ("fr", "6:40", time(6, 40)),
        ("fr", "18h", time(18, 0)),
        ("fr", "a 2 heures de l'apres-midi", None),
        ("fr", "midi", None),
        ("fr", "le 3 decembre", None),
        ("fr", "27 h", None),
    ],
)
def test_the_reading_of_a_bare_hour(language: Language, words: str, expected: time | None) -> None:
    assert clock_reading(words, language) == expected
