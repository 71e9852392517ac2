"""Clock times as travellers write them: whether the words name a day as well, and which hour a bare number means."""

import re
from datetime import time

from bot.formats import Language

_HOUR = r"(?P<hour>\d{1,2})(?:\s*(?::|h|heures?)\s*(?P<minute>\d{2})?)?(?:\s*o'clock)?"
_PART = r"(?:in the (?:morning|afternoon|evening)|at night|du matin|de l'apres-midi|du soir)"
_NAMED = (
    r"(?:(?:half past|quarter past|a quarter past|quarter to|a quarter to)\s+\w+|noon|midi|midnight|minuit"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o'clock)?"
    r"|\w+ heures?(?: et (?:demie|quart))?)"
)
_LEAD = r"(?:(?:at|a|around|about|vers|by|@|de|pour)\s*)?"
_CLOCK_ONLY = re.compile(rf"{_LEAD}(?:{_HOUR}|{_NAMED})\s*(?:[ap]\.?m\.?)?,?\s*{_PART}?")
_SAYS_WHICH_HALF = re.compile(r"\d\s*[ap]\.?m\b|morning|afternoon|evening|night|noon|matin|apres-midi|soir|nuit|midi")
_BARE_ENGLISH = re.compile(
    r"(?:\bat |@ ?|^)(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?(?: o'clock)?(?![\d/-])(?! ?(?:st|nd|rd|th))"
)
_BARE_FRENCH = re.compile(
    r"\b(?P<hour>\d{1,2})\s?(?:h|heures?)(?:\s?(?P<minute>\d\d))?\b|\b(?P<h2>\d{1,2}):(?P<m2>\d\d)\b"
)


# « 17h45 » is French in any message; "4h" may be how long something takes.
_BY_H = re.compile(r"\b\d{1,2}\s?h\s?\d\d\b")


def says_only_a_clock(words: str) -> bool:
    """Whether the plain `words` of a time name no day: "at 2 pm", "midi", « 14 h 30 »."""
    return _CLOCK_ONLY.fullmatch(words) is not None


def clock_reading(words: str, language: Language) -> time | None:
    """The time of day that plain `words` with a bare hour mean, whatever the present hour; None where they say it.

    French counts to 24. In English a flight "at 2" leaves in the afternoon and one "at 7" in the morning; the reply
    says how it was read.
    """
    if _SAYS_WHICH_HALF.search(words):
        return None
    if _BY_H.search(words):
        language = "fr"
    match = (_BARE_FRENCH if language == "fr" else _BARE_ENGLISH).search(words)
    if match is None:
        return None
    groups = match.groupdict()
    hour, minute = int(groups["hour"] or groups["h2"]), int(groups.get("minute") or groups.get("m2") or 0)
    if hour > 23 or minute > 59:
        return None
    padded = (groups["hour"] or groups["h2"]).startswith("0")
    if language == "en" and 1 <= hour <= 5 and not padded:
        hour += 12
    return time(hour, minute)
