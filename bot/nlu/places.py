"""Airports, cities and enrolment centres in a message, by the names people use, and their part in the sentence.

spaCy's phrase matcher finds the names in the words of the message; IATA codes count in capitals, the codes of the
airports that this guide knows by name also in small letters, and any other airport's in small letters beside a code.
"""

import re
from typing import Any

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans
from spacy.vocab import Vocab

from bot.nlu.beside import settled
from bot.nlu.found import Found
from bot.nlu.patterns import Patterns
from bot.nlu.place_roles import ARROW, PlaceRoles
from bot.nlu.plain import plain
from bot.nlu.segments import linked
from bot.nlu.stop_words import stop_words
from bot.policy.places import Place, Places

# A word, or letters with full stops ("D.C.", "L.A"), which are not those of "l'a".
_WORD = re.compile(r"[a-z](?:\.[a-z])+(?![a-z])\.?|[^\W_]+")
_TWO_LETTERS = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}(?![A-Za-z0-9])")
_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{3}(?![A-Za-z0-9])")
_SMALL_AFTER = re.compile(rf"{ARROW.pattern}([a-z]{{3}})\b(?!')")
_SMALL_BEFORE = re.compile(rf"\b([a-z]{{3}}){ARROW.pattern}$")
_SMALL_TOLD = re.compile(r"\b(?:to|into|via|vers|pour|for|from|de) ([a-z]{3})\b(?!')")
_STATE = re.compile(r"\s*,?\s*\(?([A-Z])[.-]{0,2}([A-Z])\b")
_CLOSED = re.compile(r"\.?\)")
_CODE_LENGTH = 3
_ARROW_WIDTH = 12
_WINDOW = 60  # characters before a place that are looked at
# "Japan", "le Mexique I think": as an answer, a place needs no word that says where the flight goes.
_BARE = 2
_NOT_A_PLACE = "-"


class PlaceFinder:
    """Finds places in texts of both languages."""

    def __init__(self, places: Places, countries: dict[str, str], patterns: Patterns) -> None:
        self._countries = countries
        self._patterns = patterns
        self._codes_known = places.by_code
        # "Can I do it NOW": a word in capitals for its own sake.
        self._no_code = patterns.not_airports | {word.upper() for word in stop_words("en") | stop_words("fr")}
        self._known_codes = {code for place in places.all for code in place.airports}
        self._small_codes = self._known_codes - self._no_code
        self._cities = {place.value: place for place in places.all if place.kind == "city"}
        centres = {place.value: place for place in places.all if place.kind == "centre"}
        self._centre_at = {code: place for code, place in centres.items() if place.airports == (code,)}
        self._roles = PlaceRoles(patterns.roles)
        self._order = {place: number for number, place in enumerate(places.all)}
        self._named_so: dict[str, list[Place]] = {}
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab)
        for place in places.all:
            for alias in place.aliases:
                held = self._named_so.setdefault(" ".join(_words(plain(alias))), [])
                if place not in held:
                    held.append(place)
        for name in self._named_so:
            self._matcher.add(name, [Doc(self._vocab, words=name.split())])
        self._matcher.add(_NOT_A_PLACE, [Doc(self._vocab, words=_words(plain(name))) for name in patterns.not_places])

    def find(self, text: str) -> list[Found]:
        """The places of `text` in order, with `role` where the words say so.

        A role is origin, destination, via, return (after the destination, on the way back), home or at. `extra` holds
        the `country` and the `airports` of the place and, where several places go by its name, all of these as
        `meanings`, the likeliest first, each with entity, value, country and airports.
        """
        plain_text = plain(text)
        found = self._named(text, plain_text)
        # Names come first: "SAN DIEGO" is no flight from San Antonio.
        named = _characters(found)
        ends = {place.end for place in found}
        for code in self._codes(text):
            of_state = code.entity == "city" and len(text[: code.start].rstrip(" ,")) in ends  # "Buffalo, NY"
            if not of_state and not named.intersection(range(code.start, code.end)):
                found.append(code)
        if not found:
            return []
        found.sort(key=lambda place: place.start)
        found = self._with_small_codes(found, plain_text)
        found = self._roles.assign(settled(found, plain_text), plain_text)
        found = [self._centre(place, plain_text) for place in found if not self._is_chance(place, text)]
        found = self._without_areas(found, plain_text)
        return [self._likelier(place) for place in linked(found, plain_text)]

    def _is_chance(self, place: Found, text: str) -> bool:
        """Whether capitals are an airport's code by chance: no name of it, and no word says that a flight goes there.

        "CBD oil" is not from Cairns, "Utica NY" is not Manhattan, and who shouts "A BIG FAT MISTAKE" is not in Fresno.
        """
        known = self._codes_known if text.isupper() else self._known_codes
        strange = place.value not in known if place.entity == "airport" else place.end - place.start == len("NY")
        return strange and place.role in (None, "at", "home") and not _is_bare(place, text)

    def _codes(self, text: str) -> list[Found]:
        shouting = text.isupper() and len(text) > len("YVR SEA ")
        found = []
        for match in _CODE.finditer(text):
            code = match.group()
            known = self._codes_known.get(code)
            codes = self._known_codes if shouting else self._countries
            if known is None and (code in self._no_code or code not in codes):
                continue
            found.append(self._coded(code, match.start()))
        if not shouting:
            for match in _TWO_LETTERS.finditer(text):
                place = self._cities.get(self._patterns.capitals.get(match.group(), ""))
                if place is not None:
                    found.append(Found(place.kind, place.value, match.start(), match.end(), extra=_extra(place)))
        return found

    def _coded(self, code: str, start: int) -> Found:
        known = self._codes_known.get(code)
        if known is not None:
            return Found(known.kind, known.value, start, start + len(code), extra=_extra(known))
        extra = {"country": self._countries[code], "airports": [code]}
        return Found("airport", code, start, start + len(code), extra=extra)

    def _with_small_codes(self, found: list[Found], plain_text: str) -> list[Found]:
        """Adds codes in small letters where others stand: "yvr to sea", "den-yyc", "yul at 2 pm for ewr"."""
        codes = [place for place in found if place.entity == "airport" and place.end - place.start == _CODE_LENGTH]
        if not codes:
            return found
        matches = [_SMALL_AFTER.match(plain_text, place.end) for place in codes]
        matches += [_SMALL_BEFORE.search(plain_text, max(0, code.start - _ARROW_WIDTH), code.start) for code in codes]
        matches += [match for match in _SMALL_TOLD.finditer(plain_text) if match[1] not in self._patterns.not_codes]
        taken = _characters(found)
        added = list(found)
        for match in matches:
            if (
                match is not None
                and match[1].upper() in self._small_codes
                and not taken.intersection(range(*match.span(1)))
            ):
                added.append(self._coded(match[1].upper(), match.start(1)))
                taken.update(range(*match.span(1)))
        return sorted(added, key=lambda place: place.start)

    def _named(self, text: str, plain_text: str) -> list[Found]:
        words = list(_WORD.finditer(plain_text))
        if not words:
            return []
        doc = Doc(self._vocab, words=[word.group().rstrip(".") for word in words])
        found = []
        for span in filter_spans(self._matcher(doc, as_spans=True)):
            start, end = words[span.start].start(), words[span.end - 1].end()
            if span.label_ == _NOT_A_PLACE or self._patterns.persons.search(
                plain_text[max(0, start - _WINDOW) : start]
            ):
                continue
            if "(" in text[start:end] and (closed := _CLOSED.match(text, end)):
                end = closed.end()
            held = self._held(span.label_, text[end:])
            found.append(Found(held[0].kind, held[0].value, start, end, extra=_extra(*held)))
        return found

    def _held(self, name: str, after: str) -> list[Place]:
        """The places of a name, the likeliest first: a country, then Canada, then an airport before a city."""
        held = sorted(self._named_so[name], key=lambda place: (*_preference(place), self._order[place]))
        state = _STATE.match(after)
        if len(held) > 1 and state is not None:
            return [place for place in held if place.state == state[1] + state[2]] or held
        return held

    def _centre(self, place: Found, plain_text: str) -> Found:
        """The enrolment centre instead of the place it is at, where the words say so: "the YYC centre"."""
        airports = (place.extra or {})["airports"]
        centre = next((self._centre_at[code] for code in airports if code in self._centre_at), None)
        if centre is None or place.entity == "centre":
            return place
        before, after = self._patterns.enrolment
        said = before.search(plain_text[max(0, place.start - _WINDOW) : place.start])
        if said is not None:
            role = "at" if said[1] in ("at", "in", "a", "au") else None
        elif after.match(plain_text, place.end):
            role = place.role
        else:
            return place
        return Found("centre", centre.value, place.start, place.end, role, _extra(centre))

    def _without_areas(self, found: list[Found], plain_text: str) -> list[Found]:
        """Leaves out what says where a city lies ("Orlando, Florida"), and a country where no flight goes.

        "I have a passport from India" is no journey.
        """
        result: list[Found] = []
        for index, place in enumerate(found):
            area = self._cities[place.value].area if place.entity == "city" else "city"
            before = found[index - 1] if index else None
            if area != "city" and before is not None and _lies_in(before, place, plain_text):
                continue
            heard = place.role in ("destination", "via") or _is_bare(place, plain_text)
            if area == "country" and not heard:
                continue
            result.append(place)
        return result

    def _likelier(self, place: Found) -> Found:
        """Who asks about a flight "to London" flies to England; who leaves from London lives in Ontario."""
        meanings = (place.extra or {}).get("meanings", [])
        if place.role != "destination" or place.entity != "city" or place.extra is None:
            return place
        abroad = [meaning for meaning in meanings if meaning["entity"] == "city" and meaning["country"] != "CA"]
        if place.extra["country"] != "CA" or not abroad:
            return place
        extra = {"country": abroad[0]["country"], "airports": abroad[0]["airports"]}
        extra["meanings"] = [*abroad, *(meaning for meaning in meanings if meaning not in abroad)]
        return Found("city", abroad[0]["value"], place.start, place.end, place.role, extra)


def _characters(found: list[Found]) -> set[int]:
    return {position for place in found for position in range(place.start, place.end)}


def _is_bare(place: Found, text: str) -> bool:
    """Whether the message is the place and a word or two."""
    return len(text.split()) - len(text[place.start : place.end].split()) <= _BARE


def _words(plain_name: str) -> list[str]:
    return [word.rstrip(".") for word in _WORD.findall(plain_name)]


def _extra(place: Place, *others: Place) -> dict[str, Any]:
    extra: dict[str, Any] = {"country": place.country, "airports": list(place.airports)}
    if others:
        extra["meanings"] = [
            {"entity": each.kind, "value": each.value, "country": each.country, "airports": list(each.airports)}
            for each in (place, *others)
        ]
    return extra


def _preference(place: Place) -> tuple[bool, bool, int]:
    return (place.area != "country", place.country != "CA", ("airport", "city", "centre").index(place.kind))


def _lies_in(city: Found, area: Found, plain_text: str) -> bool:
    between = plain_text[city.end : area.start]
    same = (city.extra or {})["country"] == (area.extra or {})["country"]
    return same and between.strip() in ("", ",", "(", "in", "en", ", en", ", in", "au", "dans le", "dans l'")
