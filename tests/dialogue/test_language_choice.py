"""The language of the answer."""

from typing import Any

import pytest

from bot.dialogue.language_choice import SWITCH_CERTAINTY, Chosen, choose
from bot.formats import Language


def read(text: str, language: Language | None, certainty: float = 0.9, intent: str = "ask_fees") -> dict[str, Any]:
    understood = {"text": text, "intent": {"name": intent}, "language_certainty": certainty}
    return understood | ({"language": language} if language else {})


@pytest.mark.parametrize(
    ("understood", "before", "expected"),
    [
        (read("how much?", "en"), None, Chosen("en", False)),
        (read("combien?", "fr", 0.1), None, Chosen("fr", False)),
        (read("combien?", "fr"), "fr", Chosen("fr", False)),
        (read("combien?", "fr"), "en", Chosen("fr", True)),
        (read("Québec", "fr", SWITCH_CERTAINTY - 0.01), "en", Chosen("en", False)),
        (read("Québec", "fr", SWITCH_CERTAINTY), "en", Chosen("fr", True)),
        (read("thank you!", "en", intent="thank"), "fr", Chosen("fr", False)),
        (read("oui", "fr", intent="affirm"), "en", Chosen("en", False)),
        (read("no, I did not do that yet", "en", intent="deny"), "fr", Chosen("en", True)),
        (read("thank you!", "en", intent="thank"), None, Chosen("en", False)),
        (read("", None), None, Chosen("en", False)),
        (read("", None), "fr", Chosen("fr", False)),
    ],
)
def test_what_is_written_decides_where_it_is_clear(
    understood: dict[str, Any], before: Language | None, expected: Chosen
) -> None:
    assert choose(understood, before, pressed=False) == expected


@pytest.mark.parametrize(
    ("text", "written", "before", "expected"),
    [
        ("in English please", "en", "fr", Chosen("en", True)),
        ("in English, what does it cost?", "en", "fr", Chosen("en", True)),
        ("en anglais svp", "fr", "fr", Chosen("en", True)),
        ("can we speak French?", "en", "en", Chosen("fr", True)),
        ("en français", "fr", "fr", Chosen("fr", False)),
        ("parlez-vous anglais ou français?", "fr", "en", Chosen("fr", True)),
        ("Français!", "fr", "en", Chosen("fr", True)),
        ("passer à l’anglais", "fr", "fr", Chosen("en", True)),
        ("the other language", "en", "en", Chosen("fr", True)),
        ("l'autre langue", "fr", "fr", Chosen("en", True)),
        ("in English", "en", None, Chosen("en", False)),
        ("other language", "en", None, Chosen("en", False)),
    ],
)
def test_what_is_asked_for_comes_first(text: str, written: Language, before: Language | None, expected: Chosen) -> None:
    assert choose(read(text, written, intent="change_language"), before, pressed=False) == expected


def test_a_pressed_button_keeps_the_language_of_the_conversation() -> None:
    assert choose(read("Why?", None), "fr", pressed=True) == Chosen("fr", False)
    assert choose(read("Why?", None), None, pressed=True) == Chosen("en", False)
