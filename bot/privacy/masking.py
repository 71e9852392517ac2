"""Hides what identifies a person in what people type, before it is stored or understood.

Masked are document numbers, card numbers, telephone numbers, e-mail addresses and birth dates. Every character of a
value becomes `MASK`, so the text keeps its length and all offsets stay right. What a question is about stays: flight
numbers, dates and times of travel, prices, years, airport codes, centre ids.

Where a number could be either, it is masked: a question can be asked again, a stored number cannot be unseen.

Order of evaluation: e-mail addresses; complete dates, each a birth date or else set aside; telephone numbers; then
whatever long numbers are left. It is repeated until nothing more is found, so masking a masked text changes nothing.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

import phonenumbers

from bot.privacy.folding import fold
from bot.privacy.written_dates import find_dates

MASK = "•"
Kind = Literal["birth_date", "card", "document", "email", "phone"]

# A traveller's own trips and interviews lie within a few years; an older complete date is most likely a birth date.
_OLD_YEARS = 5
_BIRTH_CUE = re.compile(
    r"\b(?:born|birth\w*|b-?day|dob|d\.o\.b|ddn|d\.d\.n|naissance|anniversaire|naquit|nee|"
    r"nee?(?:\(e\)|s|es)?(?: le| en|\s*:))(?![a-z])",
    re.IGNORECASE,
)
_CUE_BEFORE, _CUE_AFTER = 48, 40
_EMAIL = re.compile(
    r"""[^\s@<>()\[\],;:"|]{1,64}\s?(?:@|[(\[]\s?(?:at|arobas|arobase|a)\s?[)\]])\s?[\w-]{1,63}(?:(?:\.|\s\.\s)[\w-]{1,63}){1,5}""",
    re.IGNORECASE,
)
_EMAIL_SPOKEN = re.compile(
    r"[\w.+-]{1,64} (?:at|arobas|arobase|a commercial) [a-z0-9-]{2,63}"
    r"(?: (?:dot|point) [a-z0-9-]{2,63}){1,4}(?![a-z0-9])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[+(]{0,2}\d(?:[ \t.()_-]{0,4}\d)*")
# Three threes or four fours are a document's or a card's grouping, whatever stands between; dates and times are not.
_GROUPED = re.compile(r"(?<!\d)(?:\d{3}(?:\s?[^\w\s|$€£,]\s?|\s{1,3})){2}\d{3}(?!\d)")
_GROUPED_CARD = re.compile(r"(?<!\d)(?:\d{4}(?:\s?[^\w\s|$€£,]\s?|\s{1,3})){3}\d{4}(?!\d)")
_DIGIT_WORD = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|un|deux|trois|quatre|cinq|sept|huit|neuf|\d)(?![a-z\d])"
)
# "nine eight zero …", as who dictates says it; nobody counts nine single digits for another reason.
_SPOKEN = re.compile(rf"(?<![a-z\d])(?:{_DIGIT_WORD}[\s,.-]{{1,3}}){{8,}}{_DIGIT_WORD}", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<![\d,])\d{3}(?:,\d{3}){2,}(?!\d)")
_LONG = re.compile(
    r"(?:(?<![a-z0-9])(?P<before>[a-z]{1,4})-?)?(?P<digits>\d{6,})(?:[a-z]{1,3}(?![a-z0-9]))?", re.IGNORECASE
)
_PASSPORT_SPACED = re.compile(
    r"(?<![A-Za-z0-9])(?!ID|NO)[A-Z]{1,2}[ -]\d{3}[ -]?\d{3,5}(?:[ -]?[A-Z]{2})?(?![A-Za-z0-9])"
)
_CUED_DOCUMENT = re.compile(
    r"(?:passport|passeport|pass ?id|application (?:number|no|id)|demande|dossier|membership|member number|permit|"
    r"permis|licen[cs]e|document|card number|carte)\b[^\d\n]{0,30}?(?P<value>[a-z]{0,2}\d(?:[ .-]?\d){5,})",
    re.IGNORECASE,
)
# A flight number has at most four digits and two letters, a centre id no letters; so this is neither.
_CODE = re.compile(r"(?<![a-z0-9])(?!cad|usd)[a-z]{1,5}\d{5,}(?![a-z0-9])", re.IGNORECASE)
_CODE_DASHED = re.compile(r"(?<![A-Za-z0-9])(?!CAD|USD|TTP|ID-|NO-)[A-Z]{1,5}-\d{5,}(?![A-Za-z0-9])")
_CUED_CODE = re.compile(
    r"(?:application (?:number|no|id)|file number|passport (?:number|no)|pass ?id|passeport|"
    r"(?:numero|no) (?:de |d')?(?:ma |la |mon |cette )?(?:demande|dossier|passeport))\b\.?\s*(?:is|est|was|:|#|=|,)?\s*"
    r"(?P<value>(?:(?!le|la|no|nr|is)[a-z]{2} (?=\d{6}))?(?=[a-z-]*\d)[a-z0-9](?:-?[a-z0-9]){5,19})(?![a-z0-9])",
    re.IGNORECASE,
)
_LOCAL_PHONE = re.compile(
    r"(?:phone|tel|call|cell|mobile|text me|reach me|my number|appel|joindre|rejoin|cellulaire|mon numero)"
    r"[^\d\n]{0,30}(?P<value>\d{3}[ .-]\d{4})(?!\d)",
    re.IGNORECASE,
)
_WORTH_A_LOOK = re.compile(r"\b(?:dot|point|zero|oh|one|un|nine|neuf|eight|huit)\b", re.IGNORECASE)
_PRICE_BEFORE = re.compile(r"(?:[$€£]|\b(?:cad|usd))\s?$", re.IGNORECASE)
_PRICE_AFTER = re.compile(r"\s?(?:[$€£]|(?:cad|usd|dollars?)\b)", re.IGNORECASE)
_DOCUMENT_DIGITS = 9
_PHONE_DIGITS = 7
# "3/5/85" has four, and so has the shortest number of an application that is not a word.
_FEWEST_DIGITS = 3
_AT = re.compile(r"[@(\[]|\b(?:at|arobas|arobase|commercial)\b", re.IGNORECASE)
_CARD_DIGITS = range(13, 20)


@dataclass(frozen=True)
class Masked:
    """A span that was hidden: offsets in code points, `end` exclusive."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True)
class MaskedText:
    """The text that may be kept, and what was hidden in it, in order and without overlaps."""

    text: str
    spans: tuple[Masked, ...]


def mask(text: str, now: datetime, *, keep: Collection[Kind] = ()) -> MaskedText:
    """`text` with every value that identifies a person hidden; `now` tells birth dates from dates of travel.

    Kinds in `keep` stay, for words of somebody who may give such a value: an office's telephone is nobody's secret.
    """
    spans: list[Masked] = []
    while found := [span for span in _merge(_find(text, now.date())) if span.kind not in keep]:
        spans += found
        for span in found:
            text = text[: span.start] + MASK * (span.end - span.start) + text[span.end :]
    return MaskedText(text, tuple(sorted(spans, key=lambda span: span.start)))


def _find(text: str, today: date) -> list[Masked]:
    folded, places = fold(text)
    if not any(character.isdigit() or character in "@([" for character in folded) and not _WORTH_A_LOOK.search(folded):
        return []
    return [Masked(kind, places[start], places[end - 1] + 1) for kind, start, end in _find_folded(folded, today)]


def _find_folded(text: str, today: date) -> Iterator[tuple[Kind, int, int]]:
    for pattern in (_EMAIL, _EMAIL_SPOKEN):
        for match in pattern.finditer(text) if _AT.search(text) else ():
            yield "email", match.start(), match.end()
            text = _blank(text, match.start(), match.end())
    for match in _SPOKEN.finditer(text):
        yield "document", match.start(), match.end()
        text = _blank(text, match.start(), match.end())
    if sum(map(str.isdigit, text)) < _FEWEST_DIGITS:
        return
    cues = [match.span() for match in _BIRTH_CUE.finditer(text)]
    for found in find_dates(text, today):
        cued = any(found.start - end <= _CUE_BEFORE and start - found.end <= _CUE_AFTER for start, end in cues)
        past = any(day <= (today.year, today.month, today.day) for day in found.readings)
        old = all(day[0] < today.year - _OLD_YEARS for day in found.readings)
        if (cued and past) or (old and found.certain):
            yield "birth_date", found.start, found.end
        elif not found.certain:
            continue
        text = _blank(text, found.start, found.end)
    for start, end in _phones(text):
        yield "phone", start, end
        text = _blank(text, start, end)
    yield from _long_numbers(text)


def _phones(text: str) -> Iterator[tuple[int, int]]:
    if sum(map(str.isdigit, text)) < _PHONE_DIGITS:
        return
    # Canada and the United States share one numbering plan, so one region finds the numbers of both.
    for match in phonenumbers.PhoneNumberMatcher(text, "CA", leniency=phonenumbers.Leniency.VALID):
        yield match.start, match.end
    for local in _LOCAL_PHONE.finditer(text):
        yield local.span("value")


def _long_numbers(text: str) -> Iterator[tuple[Kind, int, int]]:
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if len(digits) >= _DOCUMENT_DIGITS:
            yield _kind_of(digits), match.start(), match.end()
    for pattern in (_THOUSANDS, _GROUPED, _GROUPED_CARD):
        for match in pattern.finditer(text):
            yield _kind_of(re.sub(r"\D", "", match.group())), match.start(), match.end()
    for match in _LONG.finditer(text):
        if len(match.group("digits")) >= _DOCUMENT_DIGITS or not _is_price(text, match.start(), match.end()):
            yield _kind_of(match.group("digits")), match.start(), match.end()
    for pattern in (_CODE, _CODE_DASHED, _PASSPORT_SPACED):
        for match in pattern.finditer(text):
            yield "document", match.start(), match.end()
    for match in _CUED_CODE.finditer(text):
        yield "document", *match.span("value")
    for match in _CUED_DOCUMENT.finditer(text):
        if not _is_price(text, *match.span("value")):
            yield "document", *match.span("value")


def _kind_of(digits: str) -> Kind:
    return "card" if len(digits) in _CARD_DIGITS and passes_luhn(digits) else "document"


@lru_cache(maxsize=1024)
def passes_luhn(digits: str) -> bool:
    """Whether a string of ASCII digits carries a valid check digit as payment cards do (ISO/IEC 7812)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_price(text: str, start: int, end: int) -> bool:
    return bool(_PRICE_BEFORE.search(text, max(0, start - 5), start) or _PRICE_AFTER.match(text, end))


def _blank(text: str, start: int, end: int) -> str:
    # A character that joins no number and no word, so that what is set aside is not read again with its neighbours.
    return text[:start] + "|" * (end - start) + text[end:]


def _merge(found: list[Masked]) -> list[Masked]:
    merged: list[Masked] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Masked(last.kind, last.start, max(last.end, span.end))
        else:
            merged.append(span)
    return merged
