"""Ruling on a flight by what is told, asking only for what is missing, and by file."""

import pytest

from actions.cbp_on_flight import ActionCbpOnFlight
from actions.inform import ActionInform
from tests.actions.acting import Scene

ASK, INFORM = ActionCbpOnFlight(), ActionInform()


async def test_a_whole_question_is_answered_at_once(scene: Scene) -> None:
    said = await scene.play(ASK, "ask_cbp_on_flight", "on my flight to Seattle on Friday at 2 pm from Vancouver?")
    assert (said.flight["verdict"], said.flight["code"]) == ("cannot_tell", "no_application_facts")
    assert "Vancouver (YVR) → Seattle (SEA), Friday, November 27, 2026" in said.text
    assert scene.slots["awaiting"] == "progress"


async def test_only_what_is_missing_is_asked_for_one_thing_at_a_time(scene: Scene) -> None:
    steps = [
        ("ask_cbp_on_flight", "can I do the CBP part on my flight?", "ask.origin", "origin"),
        ("inform", "from Toronto", "ask.which_airport", "origin"),
        ("inform", "Pearson", "ask.destination", "destination"),
        ("inform", "Boston", "ask.when", "when"),
    ]
    for intent, text, asked, awaiting in steps:
        said = await scene.play(ASK if intent == "ask_cbp_on_flight" else INFORM, intent, text)
        assert scene.known.wording.say(asked, "en") in said.text
        assert scene.slots["awaiting"] == awaiting
    said = await scene.play(INFORM, "inform", "next Friday at 9:15 am")
    assert said.flight["airport"] == "YYZ"


@pytest.mark.parametrize(
    ("claims", "verdict", "code"),
    [
        ({"application_status": "pending_review"}, "not_yet", "not_conditionally_approved"),
        (
            {"application_status": "conditionally_approved", "cbsa_interview": "none"},
            "not_yet",
            "cbsa_not_completed",
        ),
    ],
)
async def test_a_pressed_state_of_the_application_decides(
    scene: Scene, claims: dict[str, str], verdict: str, code: str
) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "from Vancouver to Seattle on Friday at 2 pm")
    pressed = [{"entity": entity, "value": value} for entity, value in claims.items()]
    said = await scene.play(INFORM, "inform", "(pressed)", entities=pressed)
    assert (said.flight["verdict"], said.flight["code"]) == (verdict, code)


async def test_a_cbsa_part_that_is_done_asks_where_and_whether_it_was_shared(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "from Vancouver to Seattle on Friday at 2 pm")
    pressed = [{"entity": "cbsa_interview", "value": "completed"}]
    said = await scene.play(INFORM, "inform", "(pressed)", entities=pressed)
    assert said.text == scene.known.wording.say("ask.cbsa_centre", "en")
    said = await scene.play(INFORM, "inform", "at Pearson")
    assert said.text == scene.known.wording.say("ask.shared", "en")
    said = await scene.play(INFORM, "affirm", "yes")
    assert (said.flight["verdict"], said.flight["code"]) == ("yes", "shared_and_precleared")
    assert scene.known.wording.say("flight.as_told", "en") in said.text


async def test_the_hour_is_asked_for_only_where_it_could_matter(scene: Scene) -> None:
    said = await scene.play(ASK, "ask_cbp_on_flight", "from Vancouver to Seattle on Friday")
    assert said.ruled
    assert "p.m." not in said.text and "a.m." not in said.text
    said = await scene.play(ASK, "ask_cbp_on_flight", "from Vancouver to Seattle today")
    assert said.text == scene.known.wording.say("ask.clock", "en")


async def test_the_hour_is_asked_for_on_the_day_of_a_booked_interview(scene: Scene) -> None:
    booked = "my CBSA appointment is booked at YVR on December 2 at 1 pm"
    await scene.play(INFORM, "inform", booked)
    said = await scene.play(ASK, "ask_cbp_on_flight", "from Vancouver to Seattle on December 2")
    assert said.text == scene.known.wording.say("ask.clock", "en")
    said = await scene.play(INFORM, "inform", "at 11 am")
    assert said.flight["code"] == "flight_before_cbsa_interview"


async def test_by_file_the_next_trip_on_file_is_ruled_on(scene: Scene) -> None:
    await scene.prove("SAMPLE-01")
    said = await scene.play(ASK, "ask_cbp_on_flight", "can I do it on my next flight?")
    assert (said.flight["verdict"], said.flight["code"], said.flight["airport"]) == (
        "yes",
        "shared_and_precleared",
        "YVR",
    )
    assert "cbsa-cbp-2023-01-25" in [source["id"] for source in said.replies[0]["custom"]["meta"]["sources"]]
    assert scene.known.wording.say("flight.as_told", "en") not in said.text


async def test_by_file_a_flight_that_is_described_otherwise_is_ruled_on_as_told(scene: Scene) -> None:
    await scene.prove("SAMPLE-01")
    said = await scene.play(
        ASK, "ask_cbp_on_flight", "can I do it flying from Kelowna to Seattle on December 20 at 8 am?"
    )
    assert said.flight["code"] == "no_preclearance_airport"


async def test_a_file_is_not_looked_at_before_identity_is_proved(scene: Scene) -> None:
    said = await scene.play(ASK, "ask_cbp_on_flight", "can I do it on my next flight? I am SAMPLE-01")
    assert not said.ruled
    assert said.text.endswith(scene.known.wording.say("ask.origin", "en"))


async def test_a_question_without_a_flight_is_answered_in_general_first(scene: Scene) -> None:
    said = await scene.play(ASK, "ask_cbp_on_flight", "do I need an appointment for the U.S. interview at the airport?")
    assert said.text.startswith(scene.known.wording.say("flight.general", "en"))
    assert "cbsa-cbp-2023-01-25" in [source["id"] for source in said.replies[0]["custom"]["meta"]["sources"]]
    said = await scene.play(INFORM, "inform", "from Vancouver")
    assert said.text == scene.known.wording.say("ask.destination", "en")


async def test_what_the_flight_alone_decides_is_not_held_up_by_a_question(scene: Scene) -> None:
    said = await scene.play(
        ASK,
        "ask_cbp_on_flight",
        "I did my CBSA interview at Pearson, can I do it from Hamilton to Orlando on January 5?",
    )
    assert said.flight["code"] == "no_preclearance_airport"
    assert len(said.replies) == 1
    said = await scene.play(ASK, "ask_cbp_on_flight", "and can I do it flying from Ottawa to Orlando on January 5?")
    assert said.text == scene.known.wording.say("ask.shared", "en")
