"""Where a message is divided, and when its parts are questions of their own."""

from itertools import pairwise
from typing import Any

import pytest

from bot.dialogue.parts import divided, spans
from tests.dialogue.saying import found


def pieces(text: str) -> list[str]:
    return [text[start:end].strip(" ,") for start, end in spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How much is it and how long does it take?", ["How much is it", "and how long does it take?"]),
        (
            "Puis-je le faire avant mon vol vers Boston vendredi à 14 h de Pearson, et quels papiers apporter?",
            ["Puis-je le faire avant mon vol vers Boston vendredi à 14 h de Pearson", "et quels papiers apporter?"],
        ),
        (
            "What do I bring? Also my wife is applying, does she need her own interview?",
            ["What do I bring?", "Also my wife is applying, does she need her own interview?"],
        ),
        (
            "How much is it, how long does it take and what do I bring?",
            ["How much is it", "how long does it take", "and what do I bring?"],
        ),
        ("Combien ça coûte et combien de temps ça prend?", ["Combien ça coûte", "et combien de temps ça prend?"]),
        (
            "I want to know how much it costs and whether my kids need it",
            ["I want to know how much it costs", "and whether my kids need it"],
        ),
        (
            "Where do I book? The site is broken. When will I get my card?",
            ["Where do I book?", "The site is broken. When will I get my card?"],
        ),
    ],
)
def test_a_message_is_divided_between_its_questions(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I fly to Boston on Friday from Pearson. My CBSA part is done. Can I do the CBP part then?",
        "Hi, I was approved last week. I live in Toronto. Can I do it at Pearson? Thanks!",
        "My flight is at 6 a.m. from Ottawa to the U.S. Can I do it then?",
        "Bonjour! J'ai été approuvé hier et je pars de Québec vendredi. Puis-je le faire à l'aéroport?",
        "Is it done at Pearson or at Billy Bishop?",
        "I fly to Boston and to Miami",
        "from Toronto to Boston on Friday",
        "?",
        "",
    ],
)
def test_a_story_with_one_question_stays_whole(text: str) -> None:
    assert len(spans(text)) < 2


def test_never_more_than_three_parts() -> None:
    assert len(spans("How much is it? What do I bring? Where is it? Who can apply? When do I book?")) == 3


def test_the_parts_cover_the_message_and_do_not_overlap() -> None:
    text = "Hello! I live in Ottawa. How much is it, and where do I go? It is for Friday."
    found_spans = spans(text)
    assert found_spans[0].start == 0 and found_spans[-1].end == len(text)
    assert all(one.end == other.start for one, other in pairwise(found_spans))


def reading(**by_words: tuple[str, float]) -> Any:
    """An understanding that knows some words and nothing else."""

    def understand(text: str) -> dict[str, Any]:
        said = (meant for words, meant in by_words.items() if words in text.casefold())
        intent, confidence = next(said, ("nlu_fallback", 0.0))
        ranked = {"name": intent, "confidence": confidence}
        return {"text": text, "intent": ranked, "intent_ranking": [ranked], "entities": []}

    return understand


def whole(text: str, intent: str = "ask_fees") -> dict[str, Any]:
    return {
        "text": text,
        "intent": {"name": intent, "confidence": 0.6},
        "entities": found(text),
        "language": "en",
        "language_certainty": 0.9,
    }


def intents(parts: list[dict[str, Any]]) -> list[str]:
    return [part["intent"]["name"] for part in parts]


def test_two_questions_that_are_sure_are_two_parts() -> None:
    text = "How much is it and how long does it take?"
    parts = divided(text, whole(text), reading(much=("ask_fees", 0.9), long=("ask_processing_time", 0.8)))
    assert intents(parts) == ["ask_fees", "ask_processing_time"]
    assert [text[slice(*part["heard"])] for part in parts] == ["How much is it", " and how long does it take?"]
    assert [part.get("more", False) for part in parts] == [True, False]
    assert all(part["text"] == text and part["language"] == "en" for part in parts)


def test_what_may_ask_something_back_is_answered_last() -> None:
    text = "Can I do it on my flight on Friday, and what do I bring?"
    parts = divided(text, whole(text), reading(flight=("ask_cbp_on_flight", 0.9), bring=("ask_documents", 0.9)))
    assert intents(parts) == ["ask_documents", "ask_cbp_on_flight"]


@pytest.mark.parametrize(
    "second",
    [("ask_fees", 0.9), ("ask_documents", 0.4), ("thank", 0.9), ("greet", 0.9), ("inform", 1.0), ("affirm", 0.9)],
)
def test_the_same_question_an_unsure_one_and_small_talk_are_no_second_part(second: tuple[str, float]) -> None:
    text = "How much is it? What else can I say?"
    assert divided(text, whole(text), reading(much=("ask_fees", 0.9), else_=second, what=second)) == []


def test_what_is_understood_as_facts_is_not_divided() -> None:
    text = "How much is it and how long does it take?"
    understand = reading(much=("ask_fees", 0.9), long=("ask_processing_time", 0.8))
    assert divided(text, whole(text, "inform"), understand) == []


def test_facts_of_one_part_serve_the_other_unless_it_has_its_own_or_they_are_supposed() -> None:
    understand = reading(bring=("ask_documents", 0.9), left=("ask_what_if", 0.9), flight=("ask_cbp_on_flight", 0.9))
    text = "I fly from Vancouver. What do I bring? Can I do it on my flight to Seattle?"
    parts = {part["intent"]["name"]: part for part in divided(text, whole(text), understand)}
    flight = {(entity["value"], entity.get("role")) for entity in parts["ask_cbp_on_flight"]["entities"]}
    assert flight == {("Vancouver", "origin"), ("Seattle", "destination")}
    text = "Can I do it on my flight from Toronto, and what if I left from Ottawa?"
    parts = {part["intent"]["name"]: part for part in divided(text, whole(text), understand)}
    assert [entity["value"] for entity in parts["ask_cbp_on_flight"]["entities"]] == ["Toronto"]
    assert [entity["value"] for entity in parts["ask_what_if"]["entities"]] == ["Ottawa"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("back to english please, what do I bring?", "what do I bring?"),
        (
            "en français svp. Quels papiers apporter pour mon vol de Dorval?",
            "Quels papiers apporter pour mon vol de Dorval?",
        ),
        ("in French please and what do I bring", "and what do I bring"),
    ],
)
def test_a_question_behind_the_wish_for_a_language_is_a_part(text: str, question: str) -> None:
    understand = reading(bring=("ask_documents", 0.9), papiers=("ask_documents", 0.9))
    wish, asked = divided(text, whole(text, "change_language"), understand)
    assert (wish["intent"]["name"], wish["more"], wish["entities"]) == ("change_language", True, [])
    assert (asked["intent"]["name"], text[slice(*asked["heard"])]) == ("ask_documents", question)


@pytest.mark.parametrize("text", ["in French, please", "can you speak French, please?", "English. Thanks a lot"])
def test_the_wish_for_a_language_alone_is_not_divided(text: str) -> None:
    assert divided(text, whole(text, "change_language"), reading(thanks=("thank", 0.9))) == []
