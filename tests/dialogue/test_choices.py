from bot.dialogue.choices import MOST, worth_offering


def ranking(**confidences: float) -> list[dict[str, object]]:
    return [{"name": name, "confidence": confidence} for name, confidence in confidences.items()]


def test_the_likeliest_that_can_be_asked_at_most_three() -> None:
    ranked = ranking(nlu_fallback=0.4, fees=0.2, inform=0.2, card=0.18, denial=0.15, family=0.14)
    offered = worth_offering(ranked, lambda name: name not in ("inform", "nlu_fallback"))
    assert offered == ["fees", "card", "denial"] and len(offered) == MOST


def test_what_is_far_less_likely_than_the_best_is_no_choice() -> None:
    assert worth_offering(ranking(fees=0.6, card=0.1, denial=0.05), lambda _: True) == ["fees"]
    assert worth_offering(ranking(fees=0.03, card=0.02), lambda _: True) == []


def test_each_choice_stands_once() -> None:
    ranked = [*ranking(fees=0.3), *ranking(fees=0.2, card=0.25)]
    assert worth_offering(ranked, lambda _: True) == ["fees", "card"]
