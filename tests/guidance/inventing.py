"""Hypothesis strategies: every kind of valid case, and cases spoilt in one place."""

import copy
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

START = datetime(2023, 1, 25, tzinfo=UTC)
MINUTES = st.integers(0, 60 * 24 * 365 * 4)
OFFSETS = st.sampled_from([-720, -480, -420, -300, -210, 0, 60, 330, 345, 840])
AIRPORTS = ["YVR", "YYC", "YEG", "YWG", "YYZ", "YOW", "YUL", "YHZ", "YTZ", "YLW", "YXE", "SEA", "DEN", "SJU", "CDG"]
CENTRES = ["YVR", "YYC", "YHZ", "5520", "5022", "5223", "5020", "16546", "5026"]
STATUSES = [
    "not_submitted", "pending_review", "approved", "denied", "revoked", "cancelled", "conditionally_approved",
]  # fmt: skip
DAYS = st.dates(datetime(2020, 1, 1).date(), datetime(2030, 12, 31).date()).map(str)  # noqa: DTZ001


@st.composite
def instants(draw: Any, around: int | None = None) -> str:
    """A date-time with some offset; `around` a minute count keeps it within a month of that."""
    minute = draw(MINUTES) if around is None else around + draw(st.integers(-40_000, 40_000))
    zone = timezone(timedelta(minutes=draw(OFFSETS)))
    return (START + timedelta(minutes=minute)).astimezone(zone).isoformat()


@st.composite
def cases(draw: Any) -> dict[str, Any]:
    """A valid case as JSON; its instants lie close enough to meet on both sides of each other."""
    centre = draw(st.one_of(st.integers(83_000, 100_000), MINUTES))  # often near the airport option's opening
    when = instants(centre)
    interview = st.fixed_dictionaries(
        {
            "agency": st.sampled_from(["CBSA", "CBSA", "CBP", "JOINT"]),
            "state": st.sampled_from(["scheduled", "completed", "cancelled", "no_show"]),
            "centre": st.sampled_from(CENTRES),
        },
        optional={"at": st.none() | when},
    )
    application = st.fixed_dictionaries(
        {"status": st.sampled_from([*STATUSES, *["conditionally_approved"] * 7])},
        optional={
            "kind": st.sampled_from(["new", "renewal", None]),
            "submitted_on": DAYS,
            "membership_expires_on": DAYS,
            "auto_renewed": st.sampled_from([False, False, True, None]),
            "interviews": st.none() | st.lists(interview, max_size=3),
            "shared_with_cbp_at": st.none() | when,
        },
    )
    leg = st.fixed_dictionaries(
        {"origin": st.sampled_from(AIRPORTS), "destination": st.sampled_from(AIRPORTS), "departs_at": when},
        optional={"mode": st.sampled_from(["air", "air", "air", "private_air", "rail"])},
    )
    trip = st.fixed_dictionaries({"segments": st.lists(leg, min_size=1, max_size=3)})
    return draw(
        st.fixed_dictionaries(
            {"now": when},
            optional={
                "application": st.none() | application,
                "trips": st.none() | st.lists(trip, max_size=3),
                "residence": st.fixed_dictionaries({"latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180)}),
            },
        )
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def spoilt(draw: Any) -> Any:
    """A valid case with something replaced, removed or added somewhere."""
    case = copy.deepcopy(draw(cases()))
    holder = draw(st.sampled_from(list(_holders(case))))
    names = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    act = draw(st.sampled_from(["replace", "remove", "add"]))
    if act == "add" or not names:
        if isinstance(holder, dict):
            holder[draw(st.text(max_size=6) | st.sampled_from(["nwo", "statuss", "center"]))] = draw(JSON)
        else:
            holder.append(draw(JSON))
    elif act == "remove":
        del holder[draw(st.sampled_from(names))]
    else:
        holder[draw(st.sampled_from(names))] = draw(JSON)
    return case


def _holders(value: Any) -> Any:
    if isinstance(value, dict | list):
        yield value
        for child in value.values() if isinstance(value, dict) else value:
            yield from _holders(child)
