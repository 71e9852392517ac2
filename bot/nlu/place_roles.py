"""The part each place plays, by the words before it and by what stands between two places."""

import re

from bot.nlu.beside import are_one, narrowed, share_airport, stand_beside
from bot.nlu.found import Found
from bot.nlu.patterns import RoleWords

# "YVR-SEA", "Calgary → Denver", "Toronto airport to Boston", "Calgary, AB to Denver": the second is where the leg goes.
ARROW = re.compile(
    r"\s*\)?(?: (?:intl |int'l )?airport)?(?:,? [a-z]{2},?(?= to | ->| →))?"
    r"\s*(?:->|→|=>|➡\ufe0f?|⇒|-|/|>|\bto\b|\ba\b|\bvers\b|\binto\b)\s*(?:\b(?:the|sunny|les?|la)\b\s*)?"
)
_THEN = re.compile(
    r"[\s,;.]*(?:(?:and|et|pis|but|mais)\s+)?(?:then|puis|ensuite|apres|after that|from there|de la|on)"
    r"(?:\s+(?:on|off))?(?:\s+(?:to|a|vers|pour|into))?\s+"
)
_OR = re.compile(r"\s*,?\s*(?:or|ou)\s+(?:(?:in|at|to|from|near|through|via|a|au|de|d'|par|vers|pour)\s*)?")
_AND = re.compile(r"\s*(?:,|\band\b|\bet\b|&)\s*(?:(?:in|at|a|au|through|via|par)\s+)?")
_ALSO = re.compile(r"\s*(?:and|et)\s+(?:(?:in|near|a|de)\s+)?")
_SHORT = re.compile(r"\s*(?:[^\s,.;!?]+\s+){0,4}(?:l'|la |le |les )?")
_BETWEEN = frozenset({"between", "entre"})
_FRENCH_OF = frozenset({"de", "du", "d'"})
_FRENCH_AT = frozenset({"a", "au", "aux", "en"})
_NONE = "none"
_BOUND = re.compile(r"[- ]bound\b")
_WINDOW = 60
_ROUTE = 3


class PlaceRoles:
    """Gives places their roles; pure."""

    def __init__(self, words: RoleWords) -> None:
        self._words = words

    def assign(self, found: list[Found], plain_text: str) -> list[Found]:
        """`found`, in the order of the text, with roles; a place beside its own airport means that airport."""
        result: list[Found] = []
        between = joined = paired = False
        for index, named in enumerate(found):
            gap = plain_text[found[index - 1].end if index else 0 : named.start]
            role, words = self._said(gap, named, plain_text)
            place = _with_role(named, role)
            if result:
                last = result[-1]
                pair = len(result) - 2 if paired else None
                paired = stand_beside(gap) and are_one(last, place)
                if paired:
                    result[-1], place = narrowed(last, _with_role(place, last.role))
                elif _leads_on(gap, last, place, joined):
                    joined = not gap.strip()
                    result[-1], place = _leg(last, place)
                elif _THEN.fullmatch(gap) and _goes_on(result, place):
                    result[-1], place = _leg(_with_role(last, "via") if last.role == "at" else last, place)
                elif last.role is not None and _OR.fullmatch(gap) and role in (None, "at", "origin"):
                    place = _with_role(place, last.role)
                elif between and _AND.fullmatch(gap):
                    place = _with_role(place, "destination")
                elif (last.role == "via" and _AND.fullmatch(gap)) or (last.role == "home" and _ALSO.fullmatch(gap)):
                    place = _with_role(place, last.role)
                elif _is_french_leg(last, place, words, gap):
                    place = _with_role(place, "destination")
                if pair is not None:
                    result[pair] = _with_role(result[pair], result[-1].role)
            between = words in _BETWEEN
            result.append(place)
        return _listed(result, plain_text)

    def _said(self, gap: str, place: Found, plain_text: str) -> tuple[str | None, str]:
        """The role by the words around the place alone, and the words before it."""
        role, words = self._words.role(gap[-_WINDOW:]) or (None, "")
        if role == _NONE or (place.entity == "centre" and words in _FRENCH_OF):
            role = None  # « l'aérogare de Pearson », « le pont de Lansdowne »
        if role is None and _BOUND.match(plain_text, place.end):
            role = "destination"
        return role, words


def _listed(places: list[Found], plain_text: str) -> list[Found]:
    """Three places or more with commas between and no other words are a route: "Halifax, Montreal, Fort Myers"."""
    result = list(places)
    run: list[int] = []
    for index, place in enumerate(places):
        if place.role is not None:
            run = []
        elif run and plain_text[places[index - 1].end : place.start].strip() == ",":
            run.append(index)
        else:
            run = [index]
        if len(run) >= _ROUTE:
            first, *stops, last = run
            for each, role in ((first, "origin"), *((stop, "via") for stop in stops), (last, "destination")):
                result[each] = _with_role(places[each], role)
    return result


def _leg(last: Found, place: Found) -> tuple[Found, Found]:
    departed = "via" if last.role in ("destination", "via") else "origin"
    return _with_role(last, departed), _with_role(place, "destination")


def _is_french_leg(last: Found, place: Found, words: str, gap: str) -> bool:
    """Whether « à » leads on: « de Vancouver à Seattle », « de Vancouver mardi à Seattle »."""
    near = words in _FRENCH_AT and _SHORT.fullmatch(gap) is not None
    return near and last.role == "origin" and not share_airport(last, place)


def _goes_on(before: list[Found], place: Found) -> bool:
    """Whether "then" leads from the last place to the next: "from Oslo, two hours in Toronto, then Dallas"."""
    last = before[-1]
    travels = last.role != "home" and (last.role != "at" or any(place.role == "origin" for place in before))
    return travels and not share_airport(last, place)


def _leads_on(gap: str, last: Found, place: Found, joined: bool) -> bool:
    """Whether the gap between two places makes them a leg; blanks do, between places of which nothing else is said."""
    if share_airport(last, place):
        return False  # « Pearson à Toronto »
    if last.entity == "centre" and gap.strip() in ("", "a"):
        return False  # « le pont Rainbow à Niagara Falls »
    if not gap.strip():
        return last.role in (None, "origin") or joined
    if last.role in ("at", "home") and gap.strip() in ("/", "-"):
        return False  # "at YYC/YEG"
    return ARROW.fullmatch(gap) is not None


def _with_role(place: Found, role: str | None) -> Found:
    return Found(place.entity, place.value, place.start, place.end, role, place.extra)
