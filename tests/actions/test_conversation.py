from actions.conversation import ActionCancel, ActionChangeLanguage, ActionRestart
from actions.fallback import ActionFallback
from actions.inform import ActionInform
from tests.actions.acting import Scene

RANKING = [{"name": "ask_fees", "confidence": 0.2}, {"name": "ask_card", "confidence": 0.19}]


async def test_starting_over_forgets_what_was_told_and_asks_to_forget_the_proof(scene: Scene) -> None:
    scene.slots |= {"origin": "YVR", "goal": "cbp_on_flight", "awaiting": "when", "last_case": {"now": "x"}}
    said = await scene.play(ActionRestart(), "restart", "start over")
    assert said.asked_for("effect") == ["forget_identity"]
    assert {name: value for name, value in scene.slots.items() if value} == {"language": "en"}


async def test_starting_over_is_asked_about_where_it_may_not_be_meant(scene: Scene) -> None:
    scene.slots |= {"origin": "YVR", "goal": "cbp_on_flight"}
    said = await scene.play(ActionRestart(), "restart", "'; DROP TABLE conversations; --", confidence=0.82)
    assert said.asked_for("effect") == []
    assert [reply["text"] for reply in said.replies] == [scene.known.wording.say("restart.sure", "en")]
    (button,) = said.replies[0]["buttons"]
    assert button["choice"]["intent"] == "restart"
    assert (scene.slots["origin"], scene.slots["goal"]) == ("YVR", "cbp_on_flight")


async def test_dropping_a_question_keeps_the_facts(scene: Scene) -> None:
    scene.slots |= {"origin": "YVR", "goal": "cbp_on_flight", "awaiting": "when"}
    await scene.play(ActionCancel(), "cancel", "never mind")
    assert (scene.slots["goal"], scene.slots["awaiting"], scene.slots["origin"]) == (None, None, "YVR")


async def test_a_change_of_language_is_said_in_the_new_one_and_keeps_the_question(scene: Scene) -> None:
    scene.slots |= {"awaiting": "when"}
    scene.language = "fr"
    said = await scene.play(ActionChangeLanguage(), "change_language", "en français")
    words = scene.known.wording
    assert [r["text"] for r in said.replies] == [words.say("language.confirmed", "fr"), words.say("open.when", "fr")]
    assert scene.slots["awaiting"] == "when"


async def test_unsure_once_asks_with_the_likeliest_readings_and_twice_offers_a_person(scene: Scene) -> None:
    said = await scene.play(ActionFallback(), "nlu_fallback", "hm hm", intent_ranking=RANKING)
    assert [button["choice"]["intent"] for button in said.buttons] == ["ask_fees", "ask_card"]
    said = await scene.play(ActionFallback(), "nlu_fallback", "hm hm hm", intent_ranking=RANKING)
    assert said.text == scene.known.wording.say("fallback.person", "en")
    assert said.buttons[0]["choice"]["intent"] == "talk_to_human"


async def test_being_understood_in_between_starts_the_count_anew(scene: Scene) -> None:
    await scene.play(ActionFallback(), "nlu_fallback", "hm hm", intent_ranking=RANKING)
    await scene.play(ActionInform(), "affirm", "yes")
    said = await scene.play(ActionFallback(), "nlu_fallback", "hm hm", intent_ranking=RANKING)
    assert said.text != scene.known.wording.say("fallback.person", "en")


async def test_an_answer_that_holds_no_fact_is_asked_again_with_an_example(scene: Scene) -> None:
    scene.slots |= {"goal": "cbp_on_flight", "awaiting": "origin"}
    said = await scene.play(ActionInform(), "inform", "the usual one")
    assert said.text == scene.known.wording.say("again.origin", "en")
    assert scene.slots["awaiting"] == "origin"
