"""Flight numbers as travellers type them: "AC 8043", "ws1204", "Air Canada flight 8043", « le 8043 d'Air Canada »."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.nlu.found import Found

# What a number is of, where it is of no flight: a time, a date, a price, a measure, a count.
_NO_FLIGHT = (
    r"(?!\d)(?![:/.,]\d)(?![a-z])(?!-\d)(?!(?:st|nd|rd|th|er|e)\b)"
    r"(?! ?(?:[$%€°]|[ap]\.?m\b|h\b|hrs?\b|hours?\b|heures?\b|o'clock\b|min\b|minutes?\b|days?\b|jours?\b|weeks?\b|"
    r"semaines?\b|months?\b|mois\b|years?\b|ans?\b|times?\b|fois\b|km\b|miles?\b|points?\b|kgs?\b|lbs?\b|livres?\b|c\b|"
    r"deg\w*|dollars?\b|bucks\b|piastres\b|cad\b|usd\b|bags?\b|bagages?\b|valises?\b|tickets?\b|billets?\b|seats?\b|"
    r"people\b|persons?\b|personnes?\b|passengers?\b|passagers?\b|of (?:us|them|you)\b|"
    r"(?:jan|feb|fev|mars?\b|apr|avr|may\b|mai\b|june?\b|juin\b|jul|juil|aug|aout\b|sept?\b|septemb|oct|nov|dec)))"
)
_NOT_AT = r"(?<!gate )(?<!room )(?<!porte )(?<!chambre )(?<!salle )(?<!seat )(?<!siege )(?<!row )(?<!form )"
_CUE = r"(?:flights?|flt|vols?)(?: (?:number|numero|num|no|nr))?\.?[ #:]*"
_CUE_BEFORE = re.compile(rf"{_CUE}(?:d'|de |avec |with |on )?$")
_BEFORE = 32
_YEAR = re.compile(r"20[2-4]\d")
# Before the name of a carrier that is a place too: « en Alaska 2027 », "moving to Alaska".
_PLACE_BEFORE = re.compile(r"\b(?:to|in|from|en|au|vers|de|pour) $")
# In small letters these designators are words: "as 100 people said", « tu as 2 valises ».
_WORDS = frozenset({"as", "ha", "wo"})


def find_flights(plain_text: str, carriers: Mapping[str, Sequence[str]]) -> list[Found]:
    """The flight numbers of a plain text (`bot.nlu.plain`), in order; a value is like `AC 8043`.

    `carriers` gives the names of each carrier by its IATA designator.
    """
    if not any(map(str.isdecimal, plain_text)):
        return []
    by_code, by_name, behind, codes = _compiled(tuple((code, tuple(names)) for code, names in carriers.items()))
    found: list[Found] = []
    for match in by_code.finditer(plain_text):
        word = match["code"] in _WORDS and match["between"] and not match["cue"]
        if not (word and _unlikely(match["number"])):
            _add(found, match["code"].upper(), match["number"], match.start("code"), match.end())
    for match in by_name.finditer(plain_text):
        cued = match["cue"] is not None or _CUE_BEFORE.search(
            plain_text, max(0, match.start() - _BEFORE), match.start()
        )
        unlikely = _unlikely(match["number"]) or _PLACE_BEFORE.search(
            plain_text, max(0, match.start() - _BEFORE), match.start()
        )
        if cued or not unlikely:
            _add(found, codes[match["name"]], match["number"], match.start(), match.end())
    for match in behind.finditer(plain_text):
        _add(found, codes[match["name"]], match["number"], match.end("lead"), match.end())
    return sorted(found, key=lambda flight: flight.start)


def _unlikely(number: str) -> bool:
    return len(number) < 3 or _YEAR.fullmatch(number) is not None


def _add(found: list[Found], code: str, number: str, start: int, end: int) -> None:
    flight = Found("flight_number", f"{code} {int(number)}", start, end)
    if int(number) and not any(flight.overlaps(other) for other in found):
        found.append(flight)


@lru_cache(maxsize=2)
def _compiled(
    carriers: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, str]]:
    codes = {name: code for code, names in carriers for name in names}
    code = "|".join(code.lower() for code, _ in carriers)
    name = "|".join(re.escape(name) for name in sorted(codes, key=len, reverse=True))
    number = r"0{0,2}(?P<number>\d{1,4})"
    return (
        re.compile(
            rf"(?<![a-z0-9-]){_NOT_AT}(?P<cue>{_CUE})?(?<![a-z0-9])(?P<code>{code})"
            rf"(?P<between>(?: ?{_CUE}| ?[#.-] ?| ?)){number}{_NO_FLIGHT}"
        ),
        re.compile(
            rf"(?<![a-z0-9])(?P<name>{name})[, ]{{1,2}}(?P<cue>{_CUE}|(?:number|numero|no\.?|#) ?)?{number}{_NO_FLIGHT}"
        ),
        re.compile(
            rf"(?:(?:{_CUE})|(?:\b(?:le|the|du|au|it's|its|is|on) )(?=\d{{3}}))(?P<lead>)(?<!\d){number}"
            rf",? (?:d'|de |avec |with |on |by |sur |par )(?P<name>{name})(?![a-z0-9])"
        ),
        codes,
    )
