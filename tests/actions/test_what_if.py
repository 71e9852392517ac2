from actions.cbp_on_flight import ActionCbpOnFlight
from actions.inform import ActionInform
from actions.what_if import ActionWhatIf
from actions.why import ActionWhy
from bot.dialogue.told import Told
from tests.actions.acting import Scene

ASK, SUPPOSE, WHY, INFORM = ActionCbpOnFlight(), ActionWhatIf(), ActionWhy(), ActionInform()


async def test_another_airport_changes_the_ruling_and_is_not_remembered_as_a_fact(scene: Scene) -> None:
    await scene.prove("SAMPLE-01")
    await scene.play(ASK, "ask_cbp_on_flight", "can I do it on my next flight?")
    told = {name: scene.slots.get(name) for name in Told.__struct_fields__}
    said = await scene.play(SUPPOSE, "ask_what_if", "what if I left from Kelowna?")
    assert said.flight["code"] == "no_preclearance_airport"
    assert {name: scene.slots.get(name) for name in Told.__struct_fields__} == told
    said = await scene.play(ASK, "ask_cbp_on_flight", "and on my next flight?")
    assert (said.flight["airport"], said.flight["verdict"]) == ("YVR", "yes")


async def test_suppositions_build_on_each_other(scene: Scene) -> None:
    await scene.prove("SAMPLE-02")
    await scene.play(ASK, "ask_cbp_on_flight", "can I do it on my next flight?")
    said = await scene.play(SUPPOSE, "ask_what_if", "what if it was shared?")
    assert (said.flight["verdict"], said.flight["airport"]) == ("yes", "YUL")
    said = await scene.play(SUPPOSE, "ask_what_if", "and what if I left from Ottawa?")
    assert (said.flight["verdict"], said.flight["airport"]) == ("yes", "YOW")
    said = await scene.play(SUPPOSE, "ask_what_if", "and if I flew to Paris?")
    assert said.flight["code"] == "not_us_bound"


async def test_a_supposed_sharing_has_no_time(scene: Scene) -> None:
    await scene.prove("SAMPLE-02")
    await scene.play(ASK, "ask_cbp_on_flight", "can I do it on my next flight?")
    await scene.play(SUPPOSE, "ask_what_if", "what if it was shared?")
    said = await scene.play(WHY, "ask_why", "why?")
    assert "✓ The result of your CBSA interview was shared with CBP.\n" in said.text


async def test_another_way_of_travelling_is_no_flight(scene: Scene) -> None:
    await scene.prove("SAMPLE-01")
    await scene.play(ASK, "ask_cbp_on_flight", "can I do it on my next flight?")
    said = await scene.play(SUPPOSE, "ask_what_if", "what if I drove to Seattle?")
    assert said.flight["code"] == "not_air"


async def test_a_new_day_keeps_the_hour_of_the_airport(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "from Vancouver to Seattle on Friday at 2 pm")
    said = await scene.play(SUPPOSE, "ask_what_if", "what if I flew on Sunday November 29?")
    assert "Sunday, November 29, 2026, 2:00" in said.text


async def test_nothing_supposed_asks_what_to_change(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "from Vancouver to Seattle on Friday at 2 pm")
    said = await scene.play(SUPPOSE, "ask_what_if", "what if?")
    assert said.replies[0]["text"] == scene.known.wording.say("what_if.of_what", "en")


async def test_what_is_supposed_first_of_all_is_supposed_of_the_file(scene: Scene) -> None:
    await scene.prove("SAMPLE-01")
    said = await scene.play(SUPPOSE, "ask_what_if", "what if I left from Kelowna?")
    assert said.flight["code"] == "no_preclearance_airport"
    assert "Kelowna (YLW) → Seattle (SEA)" in said.text


async def test_what_was_never_asked_of_the_case_is_asked_of_the_flight_supposed(scene: Scene) -> None:
    await scene.play(
        ASK,
        "ask_cbp_on_flight",
        "I did my CBSA interview at Pearson, can I do it from Hamilton to Orlando on January 5?",
    )
    said = await scene.play(SUPPOSE, "ask_what_if", "and from Pearson?")
    assert said.flight["code"] == "not_shared_yet"
    assert said.replies[-1]["text"] == scene.known.wording.say("ask.shared", "en")
    said = await scene.play(INFORM, "affirm", "yes")
    assert (said.flight["verdict"], said.flight["airport"]) == ("yes", "YYZ")
