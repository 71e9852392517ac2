"""The policy as it stands on one day, laid out for quick use."""

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from bot.guidance.distance import Point, point
from bot.guidance.policy import Airport, Centre, NoticeFact, Parameter, Policy, Span
from bot.guidance.ruling import OptionName

PROGRAMME_ZONE = ZoneInfo("America/Toronto")
"""A day without a place of its own, such as the day a policy takes effect, is a day in Toronto."""

_KINDS: dict[OptionName, str] = {
    "airport_two_step": "airport",
    "us_joint": "us_joint",
    "land_split": "land_split",
}


class UnknownCentreError(ValueError):
    """A case names an enrolment centre the policy does not know; `bot.guidance.reading` refuses such cases."""


class Sites(msgspec.Struct, frozen=True):
    """The open centres of an option and, in the same order, their places on the globe."""

    centres: tuple[Centre, ...]
    where: tuple[Point, ...]


class InForce:
    """What holds on the day `day`."""

    def __init__(self, policy: Policy, day: date) -> None:
        self.policy = policy
        self.day = day
        opened = value_on(policy.parameters["airport_option_opened_on"], day)
        years = value_on(policy.parameters["benefits_extension_years"], day)
        assert isinstance(opened, date)
        assert isinstance(years, int)
        self.airport_option_opened_on = opened
        self.airport_option_open = day >= opened
        self.benefits_extension_years = years
        self.sites = {option: _open_sites(policy, kind, day) for option, kind in _KINDS.items()}
        self.sites["no_interview"] = Sites((), ())
        self.zones = {name: ZoneInfo(name) for name in _zone_names(policy)}
        self.notices = tuple(fact for fact in policy.notices if fact.since is None or fact.since <= day)
        self._centres = centres_by_name(policy)

    def centre(self, key: str | None) -> Centre:
        """The centre of a `centre_id` or an airport's IATA code, open or not.

        Raises:
            UnknownCentreError: there is none.
        """
        found = self._centres.get(key or "")
        if found is None:
            raise UnknownCentreError(f"no enrolment centre {key!r} in the policy; use a centre_id or an airport's code")
        return found

    def preclearance(self, iata: str, day: date) -> Span | None:
        """The span in which the airport `iata` has preclearance on the local day `day`, if it has."""
        airport = self.policy.airports.get(iata)
        return covering(airport.preclearance, day) if airport else None

    def cbp_interviews(self, iata: str, day: date) -> Span | None:
        """The span in which a source says that NEXUS interviews are done at the airport `iata`.

        Before the airport option opened they were done nowhere; that is a rule of its own, so what counts then is
        whether they were to be done there once it opened.
        """
        airport: Airport | None = self.policy.airports.get(iata)
        return covering(airport.cbp_interviews, max(day, self.airport_option_opened_on)) if airport else None

    def noticed(self, touched: Iterable[str]) -> Sequence[NoticeFact]:
        """The notices on any of the rules, options, steps or airports in `touched`, in the policy's order."""
        names = frozenset(touched)
        return tuple(fact for fact in self.notices if not fact.touches.isdisjoint(names))


def covering(spans: Iterable[Span], day: date) -> Span | None:
    """The span that `day` lies in."""
    return next((span for span in spans if span.covers(day)), None)


def value_on(parameter: Parameter, day: date) -> int | str | date:
    """The value in force on `day`; before the first edition the first one stands, since there is no earlier text.

    Raises:
        ValueError: the values leave a gap on `day`.
    """
    for span, value in parameter.values:
        if span.covers(day):
            return value
    first, value = parameter.values[0]
    if first.start is not None and day < first.start:
        return value
    raise ValueError(f"parameter {parameter.name} has no value on {day}")


def centres_by_name(policy: Policy) -> dict[str, Centre]:
    """Every centre by each name a case may give it: the ids the policy lists it under, and its airport's code."""
    named = {centre.iata: centre for centre in policy.centres.values() if centre.iata is not None}
    return named | policy.centres


def _open_sites(policy: Policy, kind: str, day: date) -> Sites:
    centres = tuple(
        centre
        for centre in policy.centres.values()
        if centre.kind == kind and centre.bookable and covering(centre.open, day) is not None
    )
    return Sites(centres, tuple(point(centre.latitude, centre.longitude) for centre in centres))


def _zone_names(policy: Policy) -> set[str]:
    return {place.timezone for places in (policy.airports, policy.centres) for place in places.values()}
