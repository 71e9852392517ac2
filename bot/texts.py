"""The wording of the guide: keys with English and French side by side, read from `data/responses/*.yml`.

A file holds `texts:`, a mapping of key to `{en: …, fr: …}`. Placeholders are Python's `{name}`; both languages use the
same ones. A value is set in as its language writes it (see `bot.formats`), so a caller passes the date, not its words.
"""

import string
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import yaml

from bot import formats
from bot.formats import Language

LANGUAGES: tuple[Language, Language] = ("en", "fr")


class WordingError(ValueError):
    """A catalogue cannot be used: a missing language, a placeholder in one language only, a key given twice."""


class Catalogue:
    """Finished sentences by key and language; satisfies `bot.guidance.wording.Wording`."""

    def __init__(self, texts: Mapping[str, Mapping[Language, str]]) -> None:
        self._texts = texts

    @classmethod
    def load(cls, folder: Path) -> "Catalogue":
        """Reads every `*.yml` file of `folder`.

        Raises:
            WordingError: naming the file and the key.
        """
        texts: dict[str, Mapping[Language, str]] = {}
        for path in sorted(folder.glob("*.yml")):
            content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            if not isinstance(content, dict) or not isinstance(content.get("texts"), dict):
                raise WordingError(f"{path.name}: expected a mapping `texts:` of keys to en and fr")
            for key, entry in content["texts"].items():
                if key in texts:
                    raise WordingError(f"{path.name}: {key}: this key stands elsewhere too; give each text one key")
                texts[key] = _checked(path.name, key, entry)
        return cls(texts)

    def say(self, key: str, language: Language, **values: object) -> str:
        """The text of `key` in `language` with `values` set in. Raises KeyError for an unknown key or placeholder."""
        text = self._texts[key][language]
        if not values:
            return text
        return text.format_map({name: _written(name, value, language) for name, value in values.items()})

    def has(self, key: str) -> bool:
        """Whether there is a text of this key."""
        return key in self._texts

    def keys(self) -> frozenset[str]:
        """All keys, for the tests that look for gaps."""
        return frozenset(self._texts)


def _checked(file: str, key: object, entry: object) -> Mapping[Language, str]:
    if not isinstance(entry, dict) or set(entry) != set(LANGUAGES):
        raise WordingError(f"{file}: {key}: expected both en and fr and nothing else")
    if not all(isinstance(text, str) and text.strip() for text in entry.values()):
        raise WordingError(f"{file}: {key}: a text is empty or not a text")
    english, french = (placeholders(entry[language]) for language in LANGUAGES)
    if english != french:
        raise WordingError(f"{file}: {key}: en and fr have different placeholders: {sorted(english ^ french)}")
    return {"en": entry["en"].strip(), "fr": french_spaces(entry["fr"].strip())}


def french_spaces(text: str) -> str:
    """`text` with the spaces that French never breaks a line at: before a colon, inside the quotation marks.

    So a catalogue is written with plain spaces, and no writer has to remember.
    """
    return text.replace(" :", "\u00a0:").replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def placeholders(text: str) -> frozenset[str]:
    """The names in braces in `text`."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def _written(name: str, value: object, language: Language) -> str:
    if isinstance(value, datetime):
        return formats.moment(value, language)
    if isinstance(value, date):
        return formats.plain_date(value, language)
    if isinstance(value, float) and name.endswith("_km"):
        return formats.kilometres(value, language)
    return str(value)
