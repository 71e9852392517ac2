"""spaCy's stop words, without the rest of its languages.

Importing `spacy.lang.fr` works out every exception of a tokeniser that is not used here, for more than two seconds of
every start; the words are in a module of their own beside it.
"""

import importlib.util
from functools import lru_cache
from pathlib import Path

import spacy

from bot.formats import Language


@lru_cache(maxsize=2)
def stop_words(language: Language) -> frozenset[str]:
    """The function words of a language, as spaCy spells them."""
    file = Path(spacy.__file__).parent / "lang" / language / "stop_words.py"
    spec = importlib.util.spec_from_file_location(f"stop_words_{language}", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"expected spaCy's stop words in {file}; install the locked release of spaCy")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return frozenset(module.STOP_WORDS)
