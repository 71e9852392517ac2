"""Corrections, as the entity rules read them. Today is Saturday, November 21, 2026."""

from datetime import date

import pytest

from bot.dialogue.correcting import correction, is_bare_correction, put_right
from bot.dialogue.told import Told
from bot.formats import Language
from tests.dialogue.saying import found

TODAY = date(2026, 11, 21)
TRIP = Told(origin="YYZ", destination="BOS", travel_day="2026-11-27", travel_time="14:00")
INTERVIEW = Told(
    origin="YVR",
    destination="SEA",
    claimed_cbsa="scheduled",
    claimed_cbsa_centre="YVR",
    claimed_cbsa_at="2026-12-02T13:00",
)
BEGUN = Told(origin="YVR", destination="SEA", claimed_cbsa="completed", claimed_cbsa_centre="5520", claimed_shared="no")
CENTRE, AT, ROUTE = ("claimed_cbsa_centre",), ("claimed_cbsa_at",), ("origin", "destination", "travel_day")


def corrected(text: str, told: Told, lately: tuple[str, ...], language: Language = "en") -> dict[str, str | None]:
    """The facts that a correction changes."""
    right = correction(text, found(text, language))
    assert right is not None
    after = put_right(told, right, lately, None, TODAY)
    return {
        name: getattr(after, name) for name in Told.__struct_fields__ if getattr(after, name) != getattr(told, name)
    }


@pytest.mark.parametrize(
    ("text", "language", "told", "lately", "changed"),
    [
        ("no, I meant Ottawa", "en", TRIP, ("origin",), {"origin": "YOW"}),
        ("no, I meant Ottawa", "en", TRIP, ROUTE, {"origin": "YOW"}),
        ("no wait, Miami", "en", TRIP, ("origin",), {"destination": "MIA"}),
        ("sorry, Saturday not Friday", "en", TRIP, ROUTE, {"travel_day": "2026-11-28"}),
        ("not Toronto, Ottawa", "en", TRIP, ("travel_day",), {"origin": "YOW"}),
        ("it's Ottawa, not Toronto", "en", TRIP, ROUTE, {"origin": "YOW"}),
        ("not Boston, Miami", "en", TRIP, ROUTE, {"destination": "MIA"}),
        ("actually 4 pm", "en", TRIP, ROUTE, {"travel_time": "16:00"}),
        ("oops, I meant from Calgary", "en", TRIP, ROUTE, {"origin": "YYC"}),
        ("sorry I meant to Austin, not to Boston", "en", TRIP, ROUTE, {"destination": "AUS"}),
        ("no, via Montreal", "en", TRIP, ROUTE, {"via": "YUL"}),
        ("make that Sunday at 3 pm", "en", TRIP, ROUTE, {"travel_day": "2026-11-22", "travel_time": "15:00"}),
        ("non, je voulais dire Ottawa", "fr", TRIP, ROUTE, {"origin": "YOW"}),
        ("pas vendredi, samedi", "fr", TRIP, ROUTE, {"travel_day": "2026-11-28"}),
        ("c'est Ottawa, pas Toronto", "fr", TRIP, ROUTE, {"origin": "YOW"}),
        ("désolé, c'est à 16 h", "fr", TRIP, ROUTE, {"travel_time": "16:00"}),
        ("en fait, c'est Miami", "fr", TRIP, ROUTE, {"destination": "MIA"}),
        ("je pars de Québec, pas de Toronto", "fr", TRIP, ROUTE, {"origin": "YQB"}),
        ("ah et puis finalement c'est lundi", "fr", TRIP, ROUTE, {"travel_day": "2026-11-23"}),
        ("non attendez, le 3 décembre", "fr", TRIP, ROUTE, {"travel_day": "2026-12-03"}),
        ("no, I meant Calgary", "en", INTERVIEW, CENTRE, {"claimed_cbsa_centre": "YYC"}),
        ("désolé, je voulais dire Calgary", "fr", INTERVIEW, CENTRE, {"claimed_cbsa_centre": "YYC"}),
        ("sorry, I meant Vancouver", "en", BEGUN, ("claimed_shared", *CENTRE, *ROUTE), {"claimed_cbsa_centre": "YVR"}),
        ("no wait, December 11", "en", INTERVIEW, AT, {"claimed_cbsa_at": "2026-12-11T13:00"}),
        ("sorry, 9 am", "en", INTERVIEW, AT, {"claimed_cbsa_at": "2026-12-02T09:00"}),
        ("no, December 11 at 10 am", "en", INTERVIEW, AT, {"claimed_cbsa_at": "2026-12-11T10:00"}),
        ("no, I meant Winnipeg", "en", Told(home="city:Halifax"), ("home",), {"home": "city:Winnipeg"}),
    ],
)
def test_the_right_fact_is_replaced_and_no_other(
    text: str, language: Language, told: Told, lately: tuple[str, ...], changed: dict[str, str | None]
) -> None:
    assert corrected(text, told, lately, language) == changed


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("not Toronto, Ottawa", ["Toronto"]),
        ("Ottawa instead of Toronto", ["Toronto"]),
        ("on Saturday, not on Friday", ["on Friday"]),
        ("pas de Toronto, d'Ottawa", ["Toronto"]),
        ("samedi plutôt que vendredi", ["vendredi"]),
        ("no, I meant Ottawa", []),
    ],
)
def test_what_is_denied_is_never_taken(text: str, denied: list[str]) -> None:
    entities = found(text, "fr" if "pas" in text or "samedi" in text else "en")
    right = correction(text, entities)
    assert right is not None
    assert [text[int(entity["start"]) : int(entity["end"])] for entity in right.denied] == denied
    assert not [entity for entity in right.meant if entity in right.denied]


@pytest.mark.parametrize(
    "text",
    [
        "I fly from Ottawa on Friday",
        "no",
        "I have not been approved",
        "Can I do it on Friday?",
        "it was not shared",
        "je n'ai pas encore mon entrevue",
    ],
)
def test_what_corrects_nothing(text: str) -> None:
    assert correction(text, found(text)) is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("no, I meant Ottawa", True),
        ("I mean the day after", True),
        ("actually, what documents do I need in Ottawa", False),
        ("actually, is Ottawa open on Saturday", False),
        ("sorry", False),
    ],
)
def test_a_correction_that_asks_something_is_a_question(text: str, bare: bool) -> None:
    assert is_bare_correction(text, found(text)) is bare


@pytest.mark.parametrize("text", ["ah et puis finalement c'est lundi", "finalement, je pars de Québec"])
def test_what_it_comes_to_in_the_end_is_a_correction(text: str) -> None:
    assert is_bare_correction(text, found(text, "fr"))


def test_one_of_a_citys_airports_is_the_one_that_was_asked_for() -> None:
    text = "wait no it's the Billy Bishop airport"
    right = correction(text, found(text))
    assert right is not None
    told = Told(origin="YYZ|YTZ", destination="BOS")
    assert put_right(told, right, ROUTE, "origin", TODAY) == Told(origin="YTZ", destination="BOS")
