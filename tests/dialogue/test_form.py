from typing import Any

import pytest

from bot.dialogue.form import is_bare_fact, is_no_sentence, settled_by_form, shows_a_number


def understood(text: str, intent: str, confidence: float = 0.9, *entities: tuple[str, int, int]) -> dict[str, Any]:
    return {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "entities": [{"entity": name, "start": start, "end": end} for name, start, end in entities],
    }


@pytest.mark.parametrize("text", ["/restart", '  /check_status{"a": 1}', "😀", "?!", "…", "\u200f"])
def test_a_command_and_a_message_without_words_are_no_sentences(text: str) -> None:
    assert is_no_sentence(text)


@pytest.mark.parametrize("text", ["restart", "and/or", "a", "7", "é?"])
def test_words_are_a_sentence(text: str) -> None:
    assert not is_no_sentence(text)


@pytest.mark.parametrize(
    ("text", "intent", "confidence", "shown"),
    [
        ("my PASSID is •••••••••", "ask_card", 0.9, True),
        ("•••••••••", "inform", 0.9, True),
        ("my email is ••••••••••••", "talk_to_human", 0.4, True),
        ("call me at ••••••••••••", "talk_to_human", 0.9, False),
        ("where does my file stand? my number is •••••••••", "check_status", 0.95, False),
        ("my PASSID is on the card", "ask_card", 0.9, False),
    ],
)
def test_who_shows_a_number_is_led_to_the_form(text: str, intent: str, confidence: float, shown: bool) -> None:
    assert shows_a_number(understood(text, intent, confidence)) is shown


def test_a_place_alone_tells_a_fact_and_in_a_question_it_does_not() -> None:
    assert is_bare_fact(understood("at Dorval", "ask_where_centres", 0.9, ("airport", 3, 9)))
    assert not is_bare_fact(understood("Dorval?", "ask_where_centres", 0.9, ("airport", 0, 6)))
    assert not is_bare_fact(understood("Dorval is far", "inform", 0.9, ("airport", 0, 6)))
    assert is_bare_fact(understood("via Calgary", "inform", 0.9, ("city", 4, 11)))
    assert not is_bare_fact(understood("yes", "affirm"))
    assert is_bare_fact(understood("I fly from Ottawa", "ask_card", 0.9, ("city", 11, 17)))
    assert not is_bare_fact(understood("what if I fly from Ottawa", "ask_what_if", 0.9, ("city", 19, 25)))


@pytest.mark.parametrize(
    "text",
    ["merci, bonne journée", "Bonne fin de journée!", "ok merci bcp, au revoir", "thanks, have a good one", "Bye!"],
)
def test_thanks_with_a_wish_take_leave(text: str) -> None:
    assert settled_by_form(understood(text, "nlu_fallback", 0.5)) == "goodbye"


@pytest.mark.parametrize("text", ["merci", "what a good day to fly", "bon vol à Denver vendredi", "thanks"])
def test_thanks_alone_and_wishes_with_more_do_not(text: str) -> None:
    assert settled_by_form(understood(text, "thank")) is None


@pytest.mark.parametrize("text", ["the day before", "la veille", "a week later"])
def test_a_day_that_points_back_is_a_fact(text: str) -> None:
    assert settled_by_form(understood(text, "ask_order_of_steps")) == "inform"


@pytest.mark.parametrize("text", ["how early the day before should I come", "the day before I lost my card"])
def test_a_day_in_a_sentence_settles_nothing(text: str) -> None:
    assert settled_by_form(understood(text, "ask_card")) is None


def test_near_a_place_is_a_fact() -> None:
    assert settled_by_form(understood("near Detroit", "out_of_scope", 0.9, ("city", 5, 12))) == "inform"
    assert settled_by_form(understood("proche de Gatineau", "out_of_scope", 0.9, ("city", 10, 18))) == "inform"
