"""Airports, cities and enrolment centres in a message, by the names people use, and their part in the sentence.

spaCy's phrase matcher finds the names in the tokens of the message's language; IATA codes count in capitals, and the
codes of the airports that this guide knows by name also in small letters.
"""

import re
from typing import Any

from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH
from spacy.lang.fr.stop_words import STOP_WORDS as FRENCH
from spacy.language import Language as SpacyLanguage
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans, get_lang_class

from bot.formats import Language
from bot.nlu.found import Found
from bot.nlu.patterns import Patterns
from bot.nlu.plain import plain
from bot.policy.places import Place, Places

# Signs that a tokenizer leaves on a word ("<b>Pearson</b>", "*Dorval*"), or takes long over (emoji after emoji).
_SIGNS = re.compile(r"_|[^\w\s'.,;:!?()/→-]")
_TWO_LETTERS = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}(?![A-Za-z0-9])")
_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{3}(?![A-Za-z0-9])")
# "YVR-SEA", "Calgary → Denver", "Toronto/Boston": the second place is where the leg goes.
_ARROW = re.compile(r"\s*(?:->|→|=>|-|/|>|\bto\b|\ba\b)\s*")


class PlaceFinder:
    """Finds places in texts of both languages."""

    def __init__(self, places: Places, countries: dict[str, str], patterns: Patterns) -> None:
        self._countries = countries
        self._patterns = patterns
        self._codes_known = places.by_code
        # "Can I do it NOW": a word in capitals for its own sake.
        self._no_code = patterns.not_airports | {word.upper() for word in ENGLISH | FRENCH}
        self._abroad: dict[tuple[str, str], Place] = {
            (place.kind, place.value): foreign
            for held in places.by_alias.values()
            for place in held
            for foreign in held
            if place.country == "CA" and foreign.country != "CA" and {place.kind, foreign.kind} == {"city"}
        }
        self._places: dict[str, Place] = {}
        self._tokenizers: dict[Language, SpacyLanguage] = {}
        self._matchers: dict[Language, PhraseMatcher] = {}
        languages: tuple[Language, Language] = ("en", "fr")
        for language in languages:
            tokenizer = get_lang_class(language)()
            matcher = PhraseMatcher(tokenizer.vocab)
            for place in places.all:
                key = f"{place.kind}:{place.value}"
                self._places[key] = place
                names = {plain(alias) for alias in place.aliases}
                matcher.add(key, [tokenizer.make_doc(name) for name in sorted(names)])
            self._tokenizers[language], self._matchers[language] = tokenizer, matcher

    def find(self, text: str, language: Language) -> list[Found]:
        """The places of `text` in order, with `role` origin, destination, via, home or at where the words say so."""
        plain_text = plain(text)
        doc = self._tokenizers[language].make_doc(_SIGNS.sub(" ", plain_text))
        found = self._named(doc, language)
        # Names come first: "SAN DIEGO" is no flight from San Antonio.
        for place in self._codes(text):
            if not any(place.overlaps(other) for other in found):
                found.append(place)
        found.sort(key=lambda place: place.start)
        return [self._likelier(place) for place in self._with_roles(found, plain_text)]

    def _codes(self, text: str) -> list[Found]:
        shouting = text.isupper() and len(text) > len("YVR SEA ")
        found = []
        for match in _CODE.finditer(text):
            code = match.group()
            known = self._codes_known.get(code)
            if known is None and (shouting or code in self._no_code or code not in self._countries):
                continue
            kind, value = (known.kind, known.value) if known else ("airport", code)
            extra = _extra(known) if known else {"country": self._countries[code], "airports": [code]}
            found.append(Found(kind, value, match.start(), match.end(), extra=extra))
        if not shouting:
            for match in _TWO_LETTERS.finditer(text):
                place = self._places.get(f"city:{self._patterns.capitals.get(match.group())}")
                if place is not None:
                    found.append(Found(place.kind, place.value, match.start(), match.end(), extra=_extra(place)))
        return found

    def _named(self, doc: Doc, language: Language) -> list[Found]:
        matches = self._matchers[language](doc, as_spans=True)
        found = []
        for span in filter_spans(matches):
            same = [m.label_ for m in matches if (m.start, m.end) == (span.start, span.end)]
            # A name of several places ("London"): a Canadian one comes first, an airport before a city.
            place = min((self._places[key] for key in same), key=_preference)
            found.append(Found(place.kind, place.value, span.start_char, span.end_char, extra=_extra(place)))
        return found

    def _with_roles(self, found: list[Found], plain_text: str) -> list[Found]:
        result: list[Found] = []
        for index, place in enumerate(found):
            before = plain_text[found[index - 1].end if index else 0 : place.start]
            role = self._role(before)
            last = result[-1] if result else None
            if last and _ARROW.fullmatch(before):
                role = "destination"
                if last.role is None:
                    result[-1] = _as(last, "origin")
                elif last.role == "destination":
                    result[-1] = _as(last, "via")
            elif last and last.role == "origin" and role == "at":
                role = "destination"  # « de Vancouver à Seattle »
            result.append(_as(place, role))
        return result

    def _likelier(self, place: Found) -> Found:
        """Who asks about a flight "to London" flies to England; who leaves from London lives in Ontario."""
        abroad = self._abroad.get((place.entity, place.value))
        if abroad is None or place.role != "destination":
            return place
        return Found(abroad.kind, abroad.value, place.start, place.end, place.role, _extra(abroad))

    def _role(self, before: str) -> str | None:
        for role, pattern in self._patterns.roles:
            if pattern.search(before):
                return role
        return None


def _extra(place: Place) -> dict[str, Any]:
    return {"country": place.country, "airports": list(place.airports)}


def _preference(place: Place) -> tuple[bool, int, str]:
    return (place.country != "CA", ("airport", "city", "centre").index(place.kind), place.value)


def _as(place: Found, role: str | None) -> Found:
    return Found(place.entity, place.value, place.start, place.end, role, place.extra)
