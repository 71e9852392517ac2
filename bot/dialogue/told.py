"""What a traveller has told so far: the slots of the dialogue as one value, and how a message adds to it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import msgspec

TRIP_FACTS = frozenset({"origin", "destination", "via", "travel_day", "travel_time", "flight_number", "travel_mode"})
# Characters that a blank, a comma and "on" take.
_BESIDE = 5
CLAIMS = frozenset({"claimed_status", "claimed_cbsa", "claimed_cbsa_centre", "claimed_cbsa_at", "claimed_shared"})


class Told(msgspec.Struct, frozen=True):
    """Facts in the traveller's words; each field is the slot of the same name.

    A place may stand for several airports ("YYZ|YTZ"): of an origin it is asked which, of a destination it does not
    matter, since only the country decides. `via` may be two stops, "YYC>DEN": one in Canada, then one abroad.
    `travel_time` and `claimed_cbsa_at` are
    wall-clock time at the airport or centre. `home` is a place of the gazetteer, `kind:value`.
    """

    origin: str | None = None
    destination: str | None = None
    via: str | None = None
    travel_day: str | None = None
    travel_time: str | None = None
    flight_number: str | None = None
    travel_mode: str | None = None
    claimed_status: str | None = None
    claimed_cbsa: str | None = None
    claimed_cbsa_centre: str | None = None
    claimed_cbsa_at: str | None = None
    claimed_shared: str | None = None
    home: str | None = None

    @property
    def has_trip(self) -> bool:
        """Whether anything was said of a trip."""
        return any(getattr(self, name) for name in TRIP_FACTS)

    @property
    def stops(self) -> list[str]:
        """The airports at which planes are changed, in order."""
        return self.via.split(">") if self.via else []

    @property
    def day(self) -> date | None:
        """The day of travel at the airport."""
        return date.fromisoformat(self.travel_day) if self.travel_day else None

    @property
    def clock(self) -> time | None:
        """The time of departure at the airport."""
        return time.fromisoformat(self.travel_time) if self.travel_time else None


def absorb(told: Told, entities: Sequence[Mapping[str, Any]], awaiting: str | None, today: date) -> Told:
    """`told` with what `entities` of a message add or correct.

    `awaiting` is the fact that was just asked for: a bare place or time answers that question. A day that has passed
    dates no trip to come, so it is left out.
    """
    changes: dict[str, str | None] = {}
    _claims(entities, changes)
    about_interview = awaiting in ("cbsa_centre", "cbsa_at") or (
        "claimed_cbsa" in changes and changes["claimed_cbsa"] != "none"
    )
    _places(entities, awaiting, about_interview, told, changes)
    _times(entities, awaiting, today, told, changes)
    if changes.get("origin") and changes.get("destination"):
        # A route told anew from end to end replaces the old one, and is flown unless this message says otherwise.
        changes.setdefault("via", None)
        changes.setdefault("travel_mode", None)
    now_told = msgspec.structs.replace(told, **changes)
    # "Through Vancouver", and then that the trip begins there: one airport, not a flight from it to itself.
    stops = [stop for stop in now_told.stops if stop not in (now_told.origin, now_told.destination)]
    return now_told if stops == now_told.stops else msgspec.structs.replace(now_told, via=">".join(stops) or None)


def _claims(entities: Sequence[Mapping[str, Any]], changes: dict[str, str | None]) -> None:
    names = {
        "application_status": "claimed_status",
        "cbsa_interview": "claimed_cbsa",
        "shared": "claimed_shared",
        "travel_mode": "travel_mode",
    }
    for entity in entities:
        kind = entity["entity"]
        if kind in names:
            changes[names[kind]] = entity["value"]
        elif kind == "flight_number":
            changes["flight_number"] = entity["value"]


def _places(
    entities: Sequence[Mapping[str, Any]],
    awaiting: str | None,
    about_interview: bool,
    told: Told,
    changes: dict[str, str | None],
) -> None:
    places = [entity for entity in entities if entity["entity"] in ("airport", "city", "centre")]
    claim = next((entity for entity in entities if entity["entity"] == "cbsa_interview"), None)
    left_from: str | None = None  # the stop in Canada that this message names last
    goes_abroad = False
    for place in places:
        role = place.get("role")
        code = code_of(place)
        if role == "return":
            continue  # the way back is another journey
        if place["entity"] == "centre" or (about_interview and role in (None, "at") and _after(place, claim)):
            changes.setdefault("claimed_cbsa_centre", place["value"] if place["entity"] == "centre" else one(code))
        elif role == "home" or awaiting == "home":
            changes["home"] = f"{place['entity']}:{place['value']}"
        elif role == "via":
            # Of two stops on one side of the border the last decides; a stop abroad follows the one in Canada.
            changes["via"] = f"{left_from}>{one(code)}" if left_from and not canadian(place) else one(code)
            left_from = one(code) if canadian(place) else left_from
        elif role == "destination" and canadian(place) and goes_abroad:
            continue  # "to Fort Myers; or do I go to Halifax for it?"
        elif role in ("origin", "destination"):
            changes[role] = code
            goes_abroad = goes_abroad or (role == "destination" and not canadian(place))
        elif awaiting in ("origin", "destination") and awaiting not in changes:
            changes[awaiting] = code
        elif canadian(place) and "origin" not in changes and (told.origin is None or role == "at"):
            changes["origin"] = code
        elif "destination" not in changes and not canadian(place):
            changes["destination"] = code
        elif canadian(place) and "origin" not in changes:
            changes["origin"] = code


def _times(
    entities: Sequence[Mapping[str, Any]],
    awaiting: str | None,
    today: date,
    told: Told,
    changes: dict[str, str | None],
) -> None:
    interview_day: date | None = None
    for entity in entities:
        if entity["entity"] != "time":
            continue
        grain = (entity.get("extra") or {}).get("grain")
        value = datetime.fromisoformat(entity["value"])
        clock = value.strftime("%H:%M")
        if grain == "clock" and interview_day and _dates_interview(entity, entities, awaiting):
            # "Booked December 18 in Halifax, 1:30 pm": its day and its hour.
            at = datetime.combine(interview_day, value.time())
            changes.setdefault("claimed_cbsa_at", at.isoformat(timespec="minutes"))
        elif grain == "clock":
            changes["travel_time"] = changes.get("travel_time") or clock
        elif grain not in ("minute", "day") or value.date() < today:
            continue
        elif _is_of_interview(entity, entities, awaiting, today, changes) and "claimed_cbsa_at" not in changes:
            # Of an interview that is done, only that it is done counts; of a booked one the hour decides too.
            booked = changes.get("claimed_cbsa") != "completed" and grain == "minute"
            changes |= {"claimed_cbsa_at": value.isoformat(timespec="minutes")} if booked else {}
            interview_day = value.date() if changes.get("claimed_cbsa") != "completed" else None
        else:
            changes["travel_day"] = value.date().isoformat()
            if grain == "minute":
                changes["travel_time"] = clock
            elif told.travel_day:
                changes.setdefault("travel_time", None)


def _is_of_interview(
    time: Mapping[str, Any],
    entities: Sequence[Mapping[str, Any]],
    awaiting: str | None,
    today: date,
    changes: Mapping[str, str | None],
) -> bool:
    """Whether a time is that of the CBSA interview.

    One that is done was on no day to come, unless the day is said right beside it: "did it at Pearson on Friday" is
    last Friday.
    """
    if not _dates_interview(time, entities, awaiting):
        return False
    if changes.get("claimed_cbsa") != "completed" or datetime.fromisoformat(time["value"]).date() <= today:
        return True
    start = int(time.get("start", 0))
    before = [entity for entity in entities if int(entity.get("start", 0)) < start and entity["entity"] != "time"]
    last = max(before, key=lambda entity: int(entity.get("end", 0)), default=None)
    return last is not None and last.get("value") != "CBP" and start - int(last.get("end", 0)) <= _BESIDE


def _dates_interview(time: Mapping[str, Any], entities: Sequence[Mapping[str, Any]], awaiting: str | None) -> bool:
    """Whether a time is that of the CBSA interview: asked for, or said right after the interview or its centre.

    "I did the Canadian one at Pearson on Nov 10, fly to Boston on Dec 5": what stands last before each time decides.
    """
    if awaiting == "cbsa_at":
        return True
    start = int(time.get("start", 0))
    before = [entity for entity in entities if int(entity.get("start", 0)) < start and entity["entity"] != "time"]
    if not any(entity["entity"] == "cbsa_interview" for entity in before):
        return False
    last = max(before, key=lambda entity: int(entity.get("start", 0)))
    return last["entity"] in ("cbsa_interview", "centre", "agency") or last.get("role") in (None, "at")


def code_of(place: Mapping[str, Any]) -> str:
    """The airports a place stands for, as a slot holds them."""
    if place["entity"] == "airport":
        return str(place["value"])
    airports = (place.get("extra") or {}).get("airports") or []
    return "|".join(airports) or str(place["value"])


def one(code: str) -> str:
    """The first airport of a place: where only the country matters, it stands for the city."""
    return code.split("|", maxsplit=1)[0]


def canadian(place: Mapping[str, Any]) -> bool:
    """Whether a place lies in Canada."""
    return (place.get("extra") or {}).get("country") == "CA"


def _after(place: Mapping[str, Any], claim: Mapping[str, Any] | None) -> bool:
    """Whether the place belongs to the claim of an interview: "I did the Canadian one at Pearson"."""
    return claim is None or int(place.get("start", 0)) >= int(claim.get("start", 0))
