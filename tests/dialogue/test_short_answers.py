from typing import Any

import pytest

from bot.dialogue.short_answers import bare_clock, progress, says_both, says_did_it, says_unknown, yes_or_no
from bot.formats import Language
from tests.dialogue.saying import NOW, found


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes", "affirm"),
        ("Yep!", "affirm"),
        ("oui.", "affirm"),
        ("yes, last week", "affirm"),
        ("yes it is done", "affirm"),
        ("the Canadian one, yes", "affirm"),
        ("oui, l'ASFC", "affirm"),
        ("la canadienne, oui", "affirm"),
        ("no", "deny"),
        ("not yet", "deny"),
        ("pas encore", "deny"),
        ("non pas encore", "deny"),
        ("yes?", None),
        ("no, I meant Ottawa", None),
        ("yes, but how much does it cost", None),
        ("I would like to book", None),
        ("non merci je veux parler a quelqu'un", None),
    ],
)
def test_yes_and_no(text: str, answer: str | None) -> None:
    assert yes_or_no(text, found(text)) == answer


@pytest.mark.parametrize(
    "text",
    ["dunno", "I don't know", "i dont know yet", "no idea, sorry", "not sure", "idk", "je ne sais pas", "chais pas",
     "aucune idée", "je sais pas trop", "euh, je ne sais plus", "Je l'ignore",
     "aucune idée si c'est transmis", "je sais pas si ça a été envoyé", "no idea if it was shared"],
)  # fmt: skip
def test_who_does_not_know(text: str) -> None:
    assert says_unknown(text)


@pytest.mark.parametrize(
    "text",
    [
        "I don't know what to bring",
        "je ne sais pas où aller",
        "no",
        "do you know?",
        "I don't know if I can go Friday",
        "je ne sais pas si je peux le faire vendredi",
    ],
)
def test_a_question_in_disguise_is_no_answer(text: str) -> None:
    assert not says_unknown(text)


@pytest.mark.parametrize(("text", "both"), [("both", True), ("les deux", True), ("both parts", False)])
def test_both(text: str, both: bool) -> None:
    assert says_both(text) is both


def claims(text: str) -> dict[str, Any]:
    return {entity["entity"]: entity["value"] for entity in progress(text, found(text))}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the Canadian one, yes", "completed"),
        ("oui, l'ASFC", "completed"),
        ("the first one", "completed"),
        ("done", "completed"),
        ("c'est fait", "completed"),
        ("it's done at YYC", "completed"),
        ("cest fait oui", "completed"),
        ("celle de l'ASFC, oui", "completed"),
        ("booked", "scheduled"),
        ("elle est réservée", "scheduled"),
        ("yes it was shared with CBP", "completed"),
        ("it was finished in June in Calgary and yes shared", "completed"),
    ],
)
def test_how_far_the_application_is(text: str, value: str) -> None:
    assert claims(text) == {"cbsa_interview": value}


@pytest.mark.parametrize(
    "text", ["yes", "not yet", "no", "Friday", "what is done there?", "my CBSA interview is done", "how is it done"]
)
def test_what_says_nothing_more_of_it(text: str) -> None:
    assert claims(text) == {}


@pytest.mark.parametrize(
    ("text", "language", "clock"),
    [("14 h", "fr", "14:00"), ("14h30", "fr", "14:30"), ("9 h", "fr", "09:00"), ("at 9", "en", "09:00")],
)
def test_an_hour_alone_is_an_hour(text: str, language: Language, clock: str) -> None:
    [entity] = bare_clock(text, language, NOW)
    assert entity["value"][11:] == clock
    assert text[entity["start"] : entity["end"]] == text


@pytest.mark.parametrize("text", ["14 heures d'attente", "vendredi", "", "?"])
def test_what_is_no_hour_alone(text: str) -> None:
    assert bare_clock(text, "fr", NOW) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("did the canadian one already", True),
        ("did the cbsa part last week", True),
        ("did it", True),
        ("did the canadian one already?", False),
        ("did you get the canadian one", False),
        ("did the officer share it", False),
        ("the canadian one", False),
    ],
)
def test_did_without_i(text: str, says: bool) -> None:
    assert says_did_it(text, found(text)) is says


@pytest.mark.parametrize("text", ["not sure if shared", "pas sûr si transmis"])
def test_who_does_not_know_whether_it_was_shared(text: str) -> None:
    assert says_unknown(text)
