"""All entity rules together: exact offsets, no two in one place, and nothing a traveller types breaks or slows them."""

import itertools
import time
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.message import Message

from bot.formats import Language
from bot.nlu.entities import EntityRules, ProgrammeEntities, load_rules
from bot.nlu.found import Found

NOW = datetime.fromisoformat("2026-11-21T12:00")
RULES = load_rules()
# The facts of a trip never share a character; a claim of the traveller's own file may stand over an agency's name.
APART = ("airport", "city", "centre", "time", "flight_number")
TRAVELLER = (
    "AC 8095;YVR;Pearson;from;to;à;de;via;le 3 décembre;Friday at 2 pm;14 h 30;😀;\u200f;مرحبا;\n;\t;\u0001;’;été;"
    "conditionally approved;ASFC;shared;not;;the;LA;London;→;-;2026;é;İ;ﬁ"
).split(";")


def words_of(text: str, found: list[Found]) -> list[tuple[str, str, str]]:
    return [(entity.entity, entity.value, text[entity.start : entity.end]) for entity in found]


def check(text: str, found: list[Found]) -> None:
    for entity in found:
        assert 0 <= entity.start < entity.end <= len(text)
    trip = [entity for entity in found if entity.entity in APART]
    assert not any(one.overlaps(other) for one, other in itertools.combinations(trip, 2))
    assert [e.start for e in found] == sorted(e.start for e in found)


def test_the_sentence_of_the_issue_in_english() -> None:
    text = "Can I do my CBP interview on my flight to Seattle on Friday at 2 pm from Vancouver?"
    found = RULES.find(text, "en", NOW)
    assert words_of(text, found) == [
        ("agency", "CBP", "CBP"),
        ("city", "Seattle", "Seattle"),
        ("time", "2026-11-27T14:00", "on Friday at 2 pm"),
        ("city", "Vancouver", "Vancouver"),
    ]
    assert [entity.role for entity in found] == [None, "destination", None, "origin"]
    assert found[2].extra == {"grain": "minute"}


def test_the_sentence_of_the_issue_in_french() -> None:
    text = "Puis-je faire mon entrevue du CBP à mon vol vers Seattle vendredi à 14 h au départ de Vancouver?"
    found = RULES.find(text, "fr", NOW)
    assert words_of(text, found) == [
        ("agency", "CBP", "CBP"),
        ("city", "Seattle", "Seattle"),
        ("time", "2026-11-27T14:00", "vendredi à 14 h"),
        ("city", "Vancouver", "Vancouver"),
    ]
    assert [entity.role for entity in found] == [None, "destination", None, "origin"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "😀😀 AC8095 YVR→SEA on December 3 at 6:40 am 😀",
            [
                ("flight_number", "AC 8095", "AC8095"),
                ("airport", "YVR", "YVR"),
                ("airport", "SEA", "SEA"),
                ("time", "2026-12-03T06:40", "on December 3 at 6:40 am"),
            ],
        ),
        ("\u200fPearson\u200f", [("airport", "YYZ", "Pearson")]),
        ("<b>Pearson</b>", [("airport", "YYZ", "Pearson")]),
        ("flight AC 123 at 4 pm", [("flight_number", "AC 123", "AC 123"), ("time", "2026-11-21T16:00", "at 4 pm")]),
    ],
)
def test_offsets_are_those_of_the_message(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert words_of(text, RULES.find(text, "en", NOW)) == expected


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "fr"]))
def test_arbitrary_text_never_breaks_the_rules(text: str, language: Language) -> None:
    check(text, RULES.find(text, language, NOW))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TRAVELLER), max_size=40), st.sampled_from(["", " "]), st.sampled_from(["en", "fr"]))
def test_mixtures_of_what_travellers_write_never_break_the_rules(
    parts: list[str], between: str, language: Language
) -> None:
    text = between.join(parts)
    check(text, RULES.find(text, language, NOW))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "words",
    [
        "to Seattle on Friday at 2 pm from YVR ",
        "a ",
        "YVR ",
        "de la ",
        "not yet ",
        "interview asfc ",
        "mon entrevue avec l'ASFC ",
        "rendez-vous ",
        "have a appointment with the ",
        "-",
        "to ",
        "the the ",
        "Toronto",
        "😀",
        " ",
        "AC 1 ",
        "know if ",
    ],
)
def test_two_thousand_characters_are_read_in_a_blink(words: str, language: Language) -> None:
    RULES.find("Pearson on Friday", language, NOW)
    text = (words * 2000)[:2000]
    began = time.process_time()
    found = RULES.find(text, language, NOW)
    assert time.process_time() - began < 0.6
    check(text, found)


def test_the_component_reads_each_message_in_its_language_and_from_its_wall_clock() -> None:
    component = ProgrammeEntities(RULES, lambda: datetime.fromisoformat("2026-01-01T12:00:00+00:00"))
    stated, unstated = Message.build("demain"), Message.build("tomorrow")
    stated.set("language", "fr")
    stated.set("metadata", {"wall_clock": "2026-11-21T23:30:00"})
    component.process([stated, unstated])
    values: list[Any] = [message.get("entities")[0]["value"] for message in (stated, unstated)]
    assert values == ["2026-11-22T00:00", "2026-01-02T00:00"]
    assert stated.get("entities")[0]["extractor"] == "ProgrammeEntities"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow at 6 am from Vancouver", "2026-11-22T06:00"),
        ("from YVR tomorrow at 6 am to Seattle", "2026-11-22T06:00"),
        ("I'm at YVR, flight tomorrow 6 am", "2026-11-22T06:00"),
        ("today at 11:45 pm from Vancouver to Denver", "2026-11-21T23:45"),
        ("my flight from Vancouver leaves in 2 hours", "2026-11-22T01:30"),
        ("tomorrow at 6 am from Toronto", "2026-11-23T06:00"),
        ("tomorrow at 6 am", "2026-11-23T06:00"),
        ("tomorrow at 6 am to Seattle", "2026-11-23T06:00"),
        ("demain à 6 h à partir de Vancouver", "2026-11-22T06:00"),
        ("demain 6h, YVR-SEA", "2026-11-22T06:00"),
        ("mon vol de Calgary part dans 2 heures", "2026-11-22T02:30"),
        ("demain à 6 h de Halifax", "2026-11-23T06:00"),
        ("demain à 6 h", "2026-11-23T06:00"),
    ],
)
def test_tomorrow_is_that_of_the_airport(text: str, expected: str) -> None:
    """It is half past one at night in Ottawa, and half past eleven in Vancouver on the evening before."""
    assert times_said(text, "2026-11-22T01:30:00") == [expected]


def test_the_wall_clock_may_be_that_of_an_airport_told_before() -> None:
    assert times_said("tomorrow at 6 am", "2026-11-21T23:30:00-07:00") == ["2026-11-22T06:00"]
    assert times_said("tomorrow at 6 am from Toronto", "2026-11-21T23:30:00-07:00") == ["2026-11-23T06:00"]


def times_said(text: str, wall_clock: str) -> list[str]:
    message = Message.build(text)
    message.set("language", "fr" if "demain" in text or "mon " in text else "en")
    message.set("metadata", {"wall_clock": wall_clock})
    ProgrammeEntities(RULES, datetime.now).process([message])
    return [str(entity["value"]) for entity in message.get("entities") if entity["entity"] == "time"]


def test_the_rules_of_the_installation_load() -> None:
    assert isinstance(RULES, EntityRules)
