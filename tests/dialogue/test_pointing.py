"""Words that point back to what was said."""

from datetime import date
from typing import Any

import pytest

from bot.dialogue.pointing import asks_of_others, is_follow_up, resolved, speaks_of_this_one
from bot.formats import Language
from tests.dialogue.saying import city, found

FRIDAY = date(2026, 11, 27)


def place(name: str) -> dict[str, Any]:
    return {key: value for key, value in city(name).items() if key in ("entity", "value", "extra")}


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("and the next day?", "en", "2026-11-28"),
        ("what about the day after?", "en", "2026-11-28"),
        ("I mean the following day", "en", "2026-11-28"),
        ("and the day before?", "en", "2026-11-26"),
        ("a week later?", "en", "2026-12-04"),
        ("et le lendemain ?", "fr", "2026-11-28"),
        ("et la veille?", "fr", "2026-11-26"),
        ("et une semaine plus tard?", "fr", "2026-12-04"),
        ("and the day after tomorrow?", "en", "2026-11-23"),
    ],
)
def test_a_day_is_counted_from_the_one_that_was_spoken_of(text: str, language: Language, day: str) -> None:
    times = [entity for entity in resolved(text, found(text, language), None, FRIDAY) if entity["entity"] == "time"]
    assert [entity["value"][:10] for entity in times] == [day]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("and from there?", "origin"),
        ("can I leave from there on Friday?", "origin"),
        ("et de là ?", "origin"),
        ("à partir de là-bas?", "origin"),
        ("can I do the interview there?", "at"),
        ("is it done there too?", "at"),
    ],
)
def test_there_is_the_last_place(text: str, role: str) -> None:
    places = [entity for entity in resolved(text, [], place("Calgary"), None) if entity["entity"] == "city"]
    assert [(entity["value"], entity["role"]) for entity in places] == [("Calgary", role)]


@pytest.mark.parametrize("text", ["is there a fee?", "there are no appointments", "de la gare", "how are you"])
def test_there_is_not_always_a_place(text: str) -> None:
    assert resolved(text, [], place("Calgary"), FRIDAY) == []


def test_nothing_leaves_from_the_city_abroad_that_one_flies_to() -> None:
    assert resolved("and from there?", [], place("Seattle"), None) == []


def test_without_a_day_spoken_of_the_words_stay_as_they_were_read() -> None:
    entities = found("and the next day?")
    assert resolved("and the next day?", entities, None, None) == entities


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("and from Montreal?", "en"),
        ("same but from Montreal", "en"),
        ("what about Sunday?", "en"),
        ("how about at 6 am?", "en"),
        ("ok and from there?", "en"),
        ("and if it's on Friday?", "en"),
        ("et pour dimanche?", "fr"),
        ("et de Québec ?", "fr"),
        ("pareil mais de Montréal", "fr"),
        ("et si c'est lundi?", "fr"),
    ],
)
def test_follow_ups(text: str, language: Language) -> None:
    assert is_follow_up(text, found(text, language))


@pytest.mark.parametrize(
    "text",
    [
        "and how much does it cost?",
        "what about the fees?",
        "and is Ottawa open on Sunday?",
        "and I fly from Ottawa",
        "Sunday?",
        "et les documents?",
    ],
)
def test_what_asks_something_of_its_own_is_no_follow_up(text: str) -> None:
    assert not is_follow_up(text, found(text))


@pytest.mark.parametrize(
    "text",
    ["what about my wife?", "and my kids?", "what about her?", "et ma femme?", "et pour mes enfants?", "et lui?"],
)
def test_others_have_their_own(text: str) -> None:
    assert asks_of_others(text)


@pytest.mark.parametrize("text", ["what about my flight?", "and my card?", "does my wife need a visa?", "et mon vol?"])
def test_what_asks_of_something_else(text: str) -> None:
    assert not asks_of_others(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("can I do it on that flight?", True), ("sur ce vol?", True), ("on my flight to Boston?", False)],
)
def test_the_flight_that_was_spoken_of(text: str, expected: bool) -> None:
    assert speaks_of_this_one(text) is expected


@pytest.mark.parametrize("text", ["can they do it the same day before our flight", "on the same day after lunch"])
def test_the_same_day_is_no_other_one(text: str) -> None:
    assert resolved(text, [], None, FRIDAY) == []
