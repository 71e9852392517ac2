"""spaCy's own lists, read without importing its languages."""

import subprocess
import sys

import pytest
from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH
from spacy.lang.fr.stop_words import STOP_WORDS as FRENCH

from bot.formats import Language
from bot.nlu.stop_words import stop_words


@pytest.mark.parametrize(("language", "spacys"), [("en", ENGLISH), ("fr", FRENCH)])
def test_the_words_are_spacys(language: Language, spacys: set[str]) -> None:
    assert stop_words(language) == spacys


def test_no_language_of_spacys_is_imported() -> None:
    program = (
        "import sys, bot.nlu.language, bot.nlu.places; print([m for m in sys.modules if m.startswith('spacy.lang.fr')])"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
