"""The notation of the tables."""

import pytest

from tests.nlu import (
    test_agencies,
    test_claims,
    test_flights,
    test_interviews,
    test_private,
    test_times_en,
    test_times_fr,
)
from tests.nlu.marked import Mark, marked, read


def test_a_line_is_read_with_its_offsets() -> None:
    text, marks = read("le [AC 8043](AC 8043), puis [AC550](AC 550) à 7 h")
    assert text == "le AC 8043, puis AC550 à 7 h"
    assert [(mark.label, text[mark.start : mark.end]) for mark in marks] == [
        ("AC 8043", "AC 8043"),
        ("AC 550", "AC550"),
    ]


def test_a_line_without_marks_expects_nothing() -> None:
    assert read("gate [84]") == ("gate [84]", [])
    assert len(marked("\none\n\ntwo [3](number)\n")) == 2
    assert Mark("number", 4, 5) == read("two [3](number)")[1][0]


@pytest.mark.parametrize(
    "tables",
    [
        (test_flights.ENGLISH, test_flights.FRENCH),
        (test_times_en.TABLE, test_times_fr.TABLE),
        (test_agencies.ENGLISH, test_agencies.FRENCH),
        (test_interviews.ENGLISH, test_interviews.FRENCH),
        (test_claims.ENGLISH, test_claims.FRENCH),
        (test_private.ENGLISH, test_private.FRENCH),
    ],
)
def test_each_kind_has_forty_sentences_and_ten_traps_in_each_language(tables: tuple[str, str]) -> None:
    for table in tables:
        sentences = [read(line) for line in table.splitlines() if line]
        assert len({text for text, _ in sentences}) == len(sentences) >= 40
        assert sum(not marks for _, marks in sentences) >= 10
