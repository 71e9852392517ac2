"""How the engine gets words without reading files: whoever calls it hands a `Wording` in."""

from typing import Protocol

from bot.guidance.ruling import Language


class Wording(Protocol):
    """Says the text of `key` in `language` with `values` set in, formatted as that language writes them.

    Values may be strings, integers, dates, floats ending in `_km`, and aware date-times, whose zone is named.
    """

    def say(self, key: str, language: Language, **values: object) -> str:
        """The finished sentence. Raises KeyError for an unknown key: a defect, caught by the catalogue's tests."""
        ...
