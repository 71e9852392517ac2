"""The phrases file, and what counts as saying nothing but facts."""

import pytest

from bot.dialogue.phrases import blanked, only_small_words, phrases
from tests.dialogue.saying import found


def test_every_kind_of_phrase_is_there_in_both_languages() -> None:
    assert phrases().says_yes.fullmatch("yes") and phrases().says_yes.fullmatch("oui")
    assert phrases().drops.match("never mind") and phrases().drops.match("laissez tomber")


@pytest.mark.parametrize(
    "text",
    [
        "sorry, leaving from ottawa on saturday",
        "no i meant the next day",
        "from there",
        "non, c'est d'ottawa que je pars",
        "et pour dimanche?",
        "",
    ],
)
def test_small_words_and_facts_say_nothing_else(text: str) -> None:
    assert only_small_words(text, found(text, "fr" if "c'est" in text or "pour" in text else "en"))


@pytest.mark.parametrize("text", ["is ottawa open on saturday", "the fee", "mon passeport", "what documents"])
def test_words_of_their_own_are_no_small_words(text: str) -> None:
    assert not only_small_words(text, found(text, "en"))


def test_blanking_keeps_every_offset() -> None:
    assert blanked("from Ottawa now", [{"start": 5, "end": 11}]) == "from        now"
