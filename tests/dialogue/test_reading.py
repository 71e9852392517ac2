"""Reading messages with the trained model."""

from datetime import datetime
from typing import Any

import pytest

from bot.dialogue.reading import Reader
from bot.formats import Language

NOW = datetime.fromisoformat("2026-11-21T12:00")


@pytest.fixture(scope="module")
def reader(trained_agent: Any) -> Reader:
    return Reader(trained_agent)


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "/check_status{}",
        '/inform{"airport": "YVR"}',
        "  /ask_why",
        "\n/restart",
        "\u200f/restart",
        "/",
        "😀",
        "👍🏽👍🏽",
        "?!",
        "...",
        "—",
        " ",
        "\u200f",
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_no_sentence_is_never_an_intent(reader: Reader, text: str, language: Language) -> None:
    understood = reader.read(text, language, NOW)
    assert understood["intent"]["name"] == "nlu_fallback"
    assert understood["entities"] == []
    assert understood["language"] == language


@pytest.mark.parametrize(
    ("text", "language", "intent"),
    [
        (
            "Can I do my CBP interview on my flight to Seattle on Friday at 2 pm from Vancouver?",
            "en",
            "ask_cbp_on_flight",
        ),
        (
            "Puis-je faire mon entrevue du CBP à mon vol vers Seattle vendredi à 14 h au départ de Vancouver?",
            "fr",
            "ask_cbp_on_flight",
        ),
        ("Where does my file stand?", "en", "check_status"),
        ("Je veux parler à quelqu'un", "fr", "talk_to_human"),
    ],
)
def test_the_public_form(reader: Reader, text: str, language: str, intent: str) -> None:
    parsed = reader.parse(text, None, NOW)
    assert set(parsed) == {"text", "language", "intent", "confidence", "entities"}
    assert (parsed["text"], parsed["language"], parsed["intent"]) == (text, language, intent)
    assert 0.3 < parsed["confidence"] <= 1.0
    for entity in parsed["entities"]:
        assert {"entity", "value", "start", "end"} <= set(entity) <= {"entity", "value", "start", "end", "role"}
        assert 0 <= entity["start"] < entity["end"] <= len(text)


def test_a_guess_is_reported_as_the_likeliest_intent_and_never_as_the_fallback(reader: Reader) -> None:
    parsed = reader.parse("blue cheese under seven moons", None, NOW)
    assert parsed["intent"] != "nlu_fallback"


def test_tomorrow_is_reckoned_from_the_wall_clock(reader: Reader) -> None:
    parsed = reader.parse("I fly tomorrow", "en", datetime.fromisoformat("2026-12-31T23:30"))
    assert [e["value"] for e in parsed["entities"] if e["entity"] == "time"] == ["2027-01-01T00:00"]


@pytest.mark.parametrize(
    "part",
    ["x", "é ", "{", "[](", '{"a":', "<script>alert(1)</script>", "é 😀 \u200f", "/restart ", " Pearson "],
    ids=ascii,
)
def test_no_text_breaks_the_reading(reader: Reader, part: str) -> None:
    text = (part * 2000)[:2000]
    understood = reader.read(text, None, NOW)
    assert understood["text"] == text
    assert all(0 <= entity["start"] < entity["end"] <= len(text) for entity in understood["entities"])


def test_offsets_count_from_the_first_character_that_was_typed(reader: Reader) -> None:
    text = " \n from Pearson to Boston "
    places = [e for e in reader.parse(text, "en", NOW)["entities"] if e["entity"] in ("airport", "city")]
    assert [text[e["start"] : e["end"]] for e in places] == ["Pearson", "Boston"]
