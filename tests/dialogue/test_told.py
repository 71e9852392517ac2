"""What a message adds to what a traveller told. Today is November 21, 2026."""

from datetime import date, datetime
from typing import Any

import pytest

from bot.dialogue.told import CLAIMS, TRIP_FACTS, Told, absorb, one
from bot.formats import Language
from tests.dialogue.saying import RULES, airport, at, city, claim, place

TODAY = date(2026, 11, 21)
NOW = datetime.fromisoformat("2026-11-21T12:00")
NOTHING = Told()
ROUTE = Told(origin="YVR", destination="SEA", via="YYC", travel_day="2026-11-27", travel_time="14:00")


def told_by(entities: list[dict[str, Any]], before: Told = NOTHING, awaiting: str | None = None) -> dict[str, Any]:
    """The facts that hold after a message."""
    after = absorb(before, entities, awaiting, TODAY)
    return {name: value for name in Told.__struct_fields__ if (value := getattr(after, name)) is not None}


def said(text: str, language: Language = "en", before: Told = NOTHING, awaiting: str | None = None) -> dict[str, Any]:
    """The facts that hold after a sentence, as the entity rules read it."""
    return told_by([entity.as_rasa("rules") for entity in RULES.find(text, language, NOW)], before, awaiting)


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        ([airport("YVR", "origin"), airport("SEA", "destination")], {"origin": "YVR", "destination": "SEA"}),
        ([city("Toronto", "origin")], {"origin": "YYZ|YTZ"}),
        ([city("Toronto", "via")], {"via": "YYZ"}),
        ([city("Vancouver")], {"origin": "YVR"}),
        ([city("Seattle")], {"destination": "SEA"}),
        ([city("Seattle", "at")], {"destination": "SEA"}),
        ([city("Calgary", "at")], {"origin": "YYC"}),
        ([city("Calgary", "home")], {"home": "city:Calgary"}),
        ([airport("YVR"), airport("SEA")], {"origin": "YVR", "destination": "SEA"}),
        ([airport("SEA"), airport("YVR")], {"origin": "YVR", "destination": "SEA"}),
        ([place("centre", "5520")], {"claimed_cbsa_centre": "5520"}),
        ([claim("flight_number", "AC 8095")], {"flight_number": "AC 8095"}),
        ([claim("application_status", "approved")], {"claimed_status": "approved"}),
        ([claim("shared", "no")], {"claimed_shared": "no"}),
        ([claim("agency", "CBP")], {}),
        ([], {}),
    ],
)
def test_a_first_message(entities: list[dict[str, Any]], expected: dict[str, str]) -> None:
    assert told_by(entities) == expected


@pytest.mark.parametrize(
    ("awaiting", "entities", "expected"),
    [
        ("origin", [city("Vancouver")], {"origin": "YVR"}),
        ("origin", [city("Seattle")], {"origin": "SEA"}),
        ("destination", [city("Toronto")], {"destination": "YYZ|YTZ"}),
        ("destination", [city("Paris")], {"destination": "CDG|ORY"}),
        ("home", [city("Halifax")], {"home": "city:Halifax"}),
        ("home", [airport("YHZ")], {"home": "airport:YHZ"}),
        ("cbsa_centre", [airport("YYZ")], {"claimed_cbsa_centre": "YYZ"}),
        ("cbsa_centre", [airport("YYZ", "at")], {"claimed_cbsa_centre": "YYZ"}),
        ("cbsa_centre", [city("Vancouver")], {"claimed_cbsa_centre": "YVR"}),
        ("cbsa_at", [at("2026-12-02T13:00")], {"claimed_cbsa_at": "2026-12-02T13:00"}),
        ("cbsa_at", [at("2026-12-02T00:00", "day")], {}),
        ("when", [at("2026-11-27T14:00")], {"travel_day": "2026-11-27", "travel_time": "14:00"}),
        ("when", [at("2026-11-27T00:00", "day")], {"travel_day": "2026-11-27"}),
        ("when", [at("2026-11-21T18:00", "clock")], {"travel_time": "18:00"}),
    ],
)
def test_a_bare_answer_answers_the_question(
    awaiting: str, entities: list[dict[str, Any]], expected: dict[str, str]
) -> None:
    assert told_by(entities, awaiting=awaiting) == expected


@pytest.mark.parametrize(
    ("entities", "changed"),
    [
        ([city("Boston", "destination")], {"destination": "BOS"}),
        ([city("Boston")], {"destination": "BOS"}),
        ([city("Ottawa", "origin")], {"origin": "YOW"}),
        ([city("Ottawa", "at")], {"origin": "YOW"}),
        ([at("2026-12-03T06:40")], {"travel_day": "2026-12-03", "travel_time": "06:40"}),
        ([at("2026-12-03T00:00", "day")], {"travel_day": "2026-12-03", "travel_time": None}),
        ([at("2026-11-21T18:00", "clock")], {"travel_time": "18:00"}),
        (
            [city("Ottawa", "origin"), city("Boston", "destination")],
            {"origin": "YOW", "destination": "BOS", "via": None},
        ),
        (
            [city("Ottawa", "origin"), city("Toronto", "via"), city("Boston", "destination")],
            {"origin": "YOW", "destination": "BOS", "via": "YYZ"},
        ),
        ([at("2026-11-20T00:00", "day")], {}),
        ([at("2026-12-01T00:00", "week")], {}),
    ],
)
def test_a_correction_changes_only_what_it_names(entities: list[dict[str, Any]], changed: dict[str, str]) -> None:
    before = {name: getattr(ROUTE, name) for name in TRIP_FACTS}
    after = absorb(ROUTE, entities, None, TODAY)
    assert {name: getattr(after, name) for name in TRIP_FACTS} == before | changed


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "Can I do my CBP interview on my flight to Seattle on Friday at 2 pm from Vancouver?",
            "en",
            {"origin": "YVR", "destination": "SEA", "travel_day": "2026-11-27", "travel_time": "14:00"},
        ),
        (
            "Puis-je faire la partie du CBP à mon vol de Montréal à Boston, le 3 décembre à 6 h 40?",
            "fr",
            {"origin": "YUL", "destination": "BOS", "travel_day": "2026-12-03", "travel_time": "06:40"},
        ),
        (
            "I did the Canadian part at Pearson and fly from Ottawa to Newark on Monday",
            "en",
            {
                "origin": "YOW",
                "destination": "EWR",
                "travel_day": "2026-11-23",
                "claimed_cbsa": "completed",
                "claimed_cbsa_centre": "YYZ",
            },
        ),
        (
            "J'ai fait mon entrevue avec l'ASFC à Dorval",
            "fr",
            {"claimed_cbsa": "completed", "claimed_cbsa_centre": "YUL"},
        ),
        (
            "my CBSA interview is booked at the Lansdowne centre for December 2 at 1 pm",
            "en",
            {"claimed_cbsa": "scheduled", "claimed_cbsa_centre": "5520", "claimed_cbsa_at": "2026-12-02T13:00"},
        ),
        (
            "mon entrevue avec l'ASFC est prévue à Pearson le 2 décembre à 13 h",
            "fr",
            {"claimed_cbsa": "scheduled", "claimed_cbsa_centre": "YYZ", "claimed_cbsa_at": "2026-12-02T13:00"},
        ),
        ("has my file been shared?", "en", {}),
        ("YXE-YYC-LAS", "en", {"origin": "YXE", "via": "YYC", "destination": "LAS"}),
    ],
)
def test_whole_sentences(text: str, language: Language, expected: dict[str, str]) -> None:
    assert said(text, language) == expected


def test_the_city_of_an_interview_is_not_where_the_flight_leaves() -> None:
    assert told_by([claim("cbsa_interview", "completed", 6), city("Toronto", "at", 40)], ROUTE)["origin"] == "YVR"
    before_the_claim = told_by([city("Calgary", "origin", 0), claim("cbsa_interview", "completed", 30)])
    assert before_the_claim == {"origin": "YYC", "claimed_cbsa": "completed"}


def test_who_has_had_no_interview_names_no_place_of_it() -> None:
    assert told_by([claim("cbsa_interview", "none"), city("Calgary", "at", 30)]) == {
        "claimed_cbsa": "none",
        "origin": "YYC",
    }


def test_a_clock_without_a_day_keeps_the_day_that_is_known() -> None:
    after = told_by([at("2026-11-21T09:05", "clock")], Told(travel_day="2026-12-03"))
    assert after == {"travel_day": "2026-12-03", "travel_time": "09:05"}


def test_a_clock_told_before_its_day_is_kept() -> None:
    told = absorb(Told(travel_time="14:00"), [at("2026-11-27T00:00", "day")], None, TODAY)
    assert (told.travel_day, told.travel_time) == ("2026-11-27", "14:00")


def test_a_clock_and_a_day_in_two_entities_belong_together() -> None:
    entities = [at("2026-11-21T09:05", "clock"), at("2026-12-03T00:00", "day")]
    assert told_by(entities) == {"travel_day": "2026-12-03", "travel_time": "09:05"}
    assert told_by(entities[::-1]) == {"travel_day": "2026-12-03", "travel_time": "09:05"}


def test_one_airport_of_a_city_answers_which() -> None:
    assert told_by([airport("YTZ")], Told(origin="YYZ|YTZ"), "origin") == {"origin": "YTZ"}


def test_the_views_of_what_was_told() -> None:
    assert not Told(claimed_status="approved", home="city:Calgary").has_trip
    assert Told(flight_number="AC 1").has_trip
    assert (ROUTE.day, Told().day) == (date(2026, 11, 27), None)
    assert ROUTE.clock is not None
    assert (ROUTE.clock.hour, Told().clock) == (14, None)
    assert (one("YYZ|YTZ"), one("YVR")) == ("YYZ", "YVR")


def test_every_fact_is_of_the_trip_or_of_the_application_or_home() -> None:
    assert set(Told.__struct_fields__) == TRIP_FACTS | CLAIMS | {"home"}


def test_a_flight_does_not_stop_where_it_begins_or_ends() -> None:
    assert "via" not in said("from Vancouver", before=Told(via="YVR", destination="LAX"))
    assert "via" not in said("through Calgary", before=Told(origin="YYC", destination="LAX"))
    assert said("from Kelowna", before=Told(via="YVR", destination="LAX"))["via"] == "YVR"


@pytest.mark.parametrize(
    ("text", "language", "when"),
    [
        ("I did the CBSA interview at Pearson. I fly on Friday at 6 am to Boston", "en", ("2026-11-27", "06:00")),
        ("CBSA interview done in Calgary, can I do CBP on Dec 5 to Phoenix", "en", ("2026-12-05", None)),
        (
            "j'ai passé l'entrevue avec l'ASFC à Dorval et l'agent parlait des Américains. Je pars vendredi à 7 h 15",
            "fr",
            ("2026-11-27", "07:15"),
        ),
    ],
)
def test_a_day_to_come_is_none_of_an_interview_that_is_done(
    text: str, language: Language, when: tuple[str, str | None]
) -> None:
    facts = said(text, language)
    assert (facts["claimed_cbsa"], facts.get("travel_day"), facts.get("travel_time")) == ("completed", *when)
    assert "claimed_cbsa_at" not in facts


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("I fly Saskatoon -> Calgary -> Denver -> Cancun on Dec 4", "YYC>DEN"),
        ("from Halifax to Dallas via Montreal and Toronto", "YYZ"),
        ("from Regina to Cancun via Dallas", "DFW"),
        ("from Regina to Cancun thru dallas", "DFW"),
    ],
)
def test_a_stop_in_canada_and_the_one_abroad_after_it(text: str, via: str) -> None:
    assert said(text)["via"] == via


def test_a_route_that_begins_at_the_stop_in_canada_keeps_the_one_abroad() -> None:
    before = Told(origin="YXE", destination="CUN", via="YYC>DEN")
    assert told_by([city("Calgary", "origin")], before)["via"] == "DEN"


def test_a_place_in_canada_that_is_asked_about_is_no_new_destination() -> None:
    facts = said("Moncton to Fort Myers thru Toronto on Jan 5, or do i go to Halifax for the American one?")
    assert (facts["origin"], facts["via"], facts["destination"]) == ("YQM", "YYZ", "RSW")


def test_the_hour_of_an_interview_that_stands_behind_its_place() -> None:
    facts = said("Jan 5 I leave Moncton for Fort Myers, CBSA booked Dec 18 Halifax 1:30pm")
    assert (facts["claimed_cbsa_at"], facts["claimed_cbsa_centre"]) == ("2026-12-18T13:30", "YHZ")
    assert (facts["travel_day"], facts.get("travel_time")) == ("2027-01-05", None)


def test_the_hour_of_a_flight_is_none_of_the_interview_told_before() -> None:
    facts = said("CBSA booked Dec 18 in Halifax, my flight to Boston leaves Dec 20 Halifax at 2 pm")
    assert facts.get("travel_day") == "2026-12-20"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I did the CBSA one on Friday at Pearson", "en"),
        ("CBSA interview done at Pearson on Tuesday, shared", "en"),
        ("entrevue avec l'ASFC faite mardi à Dorval", "fr"),
    ],
)
def test_a_day_right_beside_an_interview_that_is_done_is_past(text: str, language: Language) -> None:
    assert said(text, language).keys().isdisjoint({"travel_day", "claimed_cbsa_at"})
