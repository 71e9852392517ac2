"""The first words."""

import pytest

from bot.dialogue.greeting import greeting
from bot.dialogue.resources import RESPONSES
from bot.formats import Language
from bot.texts import Catalogue

WORDING = Catalogue.load(RESPONSES)
OFFERED = ["ask_cbp_on_flight", "check_status", "ask_interview_options"]


@pytest.mark.parametrize(("language", "word"), [("en", "Hello"), ("fr", "Bonjour")])
def test_one_language(language: Language, word: str) -> None:
    reply = greeting(WORDING, language)
    assert reply.language == language
    assert reply.text.startswith(word)
    assert [button.choice.intent for button in reply.buttons if button.choice] == OFFERED


def test_both_languages_while_it_is_unknown() -> None:
    reply = greeting(WORDING, None)
    assert reply.text.startswith("Bonjour / Hello")
    assert [button.choice.intent for button in reply.buttons if button.choice] == [i for i in OFFERED for _ in "ef"]
    assert len({button.payload.casefold() for button in reply.buttons}) == 6
