"""Reading messages with the trained model."""

from datetime import datetime

import pytest

from bot.dialogue.assistant import Assistant
from bot.dialogue.reading import Reader
from bot.formats import Language

NOW = datetime.fromisoformat("2026-11-21T12:00")


@pytest.fixture(scope="module")
def reader(assistant: Assistant) -> Reader:
    return Reader(assistant.pipeline)


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


@pytest.mark.parametrize(
    ("text", "language", "intents"),
    [
        ("How much is it and how long does it take?", "en", ["ask_fees", "ask_processing_time"]),
        (
            "What do I bring? Also my wife is applying, does she need her own interview?",
            "en",
            ["ask_documents", "ask_family"],
        ),
        (
            "Puis-je le faire avant mon vol vers Boston vendredi à 14 h de Pearson, et quels papiers apporter?",
            "fr",
            ["ask_documents", "ask_cbp_on_flight"],
        ),
        ("Combien ça coûte et combien de temps ça prend?", "fr", ["ask_fees", "ask_processing_time"]),
        (
            "where are the enrolment centres, and what documents do I need to bring?",
            "en",
            ["ask_documents", "ask_where_centres"],
        ),
    ],
)
def test_two_questions_are_two_parts(reader: Reader, text: str, language: Language, intents: list[str]) -> None:
    parts = reader.read(text, language, NOW)["parts"]
    assert [part["intent"]["name"] for part in parts] == intents
    assert all(part["language"] == language and part["text"] == text for part in parts)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hi, I was approved last week. I live in Toronto. How much does NEXUS cost? Thanks!", "en"),
        ("I did my CBSA interview in Calgary and I fly to Denver on Friday. Can I do the CBP part then?", "en"),
        ("Can I do it Friday, when I fly to Boston from Pearson?", "en"),
        (
            "Bonjour, j'ai fait la partie canadienne et je pars vendredi. Puis-je faire l'autre à l'aéroport? Merci",
            "fr",
        ),
        ("no, I meant Ottawa", "en"),
    ],
)
def test_one_story_with_one_question_is_one(reader: Reader, text: str, language: Language) -> None:
    assert "parts" not in reader.read(text, language, NOW)


@pytest.mark.parametrize(
    ("text", "language", "intent", "drops"),
    [
        ("never mind", "en", "cancel", "question"),
        ("forget the flight", "en", "cancel", "trip"),
        ("I changed my mind, what documents do I need to bring?", "en", "ask_documents", "question"),
        ("forget the flight, I'd rather go to a land centre", "en", "ask_interview_options", "trip"),
        ("laissez tomber, combien ça coûte?", "fr", "ask_fees", "question"),
    ],
)
def test_a_change_of_mind_is_read_for_what_is_wanted_instead(
    reader: Reader, text: str, language: Language, intent: str, drops: str
) -> None:
    understood = reader.read(text, language, NOW)
    assert (understood["intent"]["name"], understood["drops"], understood["text"]) == (intent, drops, text)


def test_nothing_is_taken_from_what_was_dropped(reader: Reader) -> None:
    understood = reader.read("forget my trip to Boston", "en", NOW)
    assert understood["entities"] == []


@pytest.mark.parametrize(
    ("text", "language", "intent"),
    [
        ("no, I meant Ottawa", "en", "inform"),
        ("pas vendredi, samedi", "fr", "inform"),
        ("dunno", "en", "inform"),
        ("and from there?", "en", "ask_what_if"),
        ("et le lendemain ?", "fr", "ask_what_if"),
        ("what about my wife?", "en", "ask_family"),
        ("not yet", "en", "deny"),
        ("oui, l'ASFC", "fr", "affirm"),
    ],
)
def test_the_form_of_a_message_settles_its_intent(reader: Reader, text: str, language: Language, intent: str) -> None:
    assert reader.read(text, language, NOW)["intent"] == {"name": intent, "confidence": 1.0}
