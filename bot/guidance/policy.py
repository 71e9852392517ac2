"""The published policy as the engine sees it: plain data, read elsewhere (`bot.policy`) and handed in.

A thing that is true only for a time carries a `Span`. A thing whose date is unknown and a thing on which sources
disagree is a `NoticeFact`: it is shown, it never moves a verdict.
"""

from datetime import date
from typing import Literal

import msgspec

CentreKind = Literal["airport", "us_joint", "land_split"]


class Text(msgspec.Struct, frozen=True):
    """The same words in both languages."""

    en: str
    fr: str


class Span(msgspec.Struct, frozen=True):
    """From the day `start` (inclusive) to the day `end` (exclusive); an open side is None."""

    start: date | None
    end: date | None
    sources: tuple[str, ...]

    def covers(self, day: date) -> bool:
        """Whether `day` lies in this span."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


class Source(msgspec.Struct, frozen=True):
    """A publication. `date` is None for a page read from an undated copy; `url` is None where none is known."""

    id: str
    title: Text
    date: date | None
    url: str | None


class Parameter(msgspec.Struct, frozen=True):
    """A number or date of the programme over time; spans never overlap."""

    name: str
    values: tuple[tuple[Span, int | str | date], ...]


class Airport(msgspec.Struct, frozen=True):
    """An airport where the programme does something, with the spans in which it does."""

    iata: str
    name: Text
    timezone: str
    preclearance: tuple[Span, ...]
    cbp_interviews: tuple[Span, ...]


class Centre(msgspec.Struct, frozen=True):
    """An enrolment centre. For a split pair this is the half that is booked; `partner` names the other half.

    `latitude` and `longitude` are degrees; `timezone` is an IANA name; `iata` is set for airport centres.
    """

    centre_id: str
    kind: CentreKind
    name: Text
    latitude: float
    longitude: float
    timezone: str
    open: tuple[Span, ...]
    iata: str | None = None
    partner: Text | None = None
    bookable: bool = True


class RuleFact(msgspec.Struct, frozen=True):
    """Who says that a rule of the engine is so, and since when."""

    rule: str
    span: Span


class NoticeFact(msgspec.Struct, frozen=True):
    """A fact that moves no verdict. `touches` lists rules, options, step codes, `airport:IATA` or `renewal`."""

    code: str
    text: Text
    sources: tuple[str, ...]
    since: date | None
    touches: frozenset[str]


class Policy(msgspec.Struct, frozen=True):
    """All editions together; the engine picks what is in force on the day it is asked about.

    `centres` is keyed by every id a case may name, so a centre may stand there several times; going through the
    `bookable` ones that are open on a day gives each centre once.

    `countries` gives the country (ISO 3166, `US` includes Puerto Rico, Guam and the U.S. Virgin Islands) of every
    known IATA code, airport or city; `ambiguous` lists Canadian city codes that stand for several airports.
    """

    sources: dict[str, Source]
    parameters: dict[str, Parameter]
    airports: dict[str, Airport]
    centres: dict[str, Centre]
    rules: dict[str, RuleFact]
    notices: tuple[NoticeFact, ...]
    countries: dict[str, str]
    timezones: dict[str, str]
    ambiguous: dict[str, tuple[str, ...]]
    city_names: dict[str, Text] = {}
