"""What is wanted of the guide against Rasa's template, and whether it was reached."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_LANGUAGES = {"en": "English", "fr": "French"}


@dataclass(frozen=True)
class Goal:
    """One goal in one run. `ours` is a difference or a ratio to the template, or milliseconds, as `wanted` says."""

    what: str
    wanted: str
    found: str
    ours: float
    reached: bool


def wanted(figures: Mapping[str, Any]) -> list[Goal]:
    """Every goal whose two sides were measured."""
    return [
        *_accuracy(figures["intents"]),
        *_calibration(figures["intents"]),
        *_dialogue(figures["dialogue"]),
        *_desk(figures.get("desk", {})),
    ]


def _accuracy(intents: Mapping[str, Any]) -> Iterator[Goal]:
    for code, language in _LANGUAGES.items():
        measured = intents.get(code, {})
        if {"cascade", "template"} <= set(measured):
            more = 100 * (measured["cascade"]["accuracy"] - measured["template"]["accuracy"])
            yield Goal(
                f"held-out intent accuracy, {language}",
                "at least 5 points more",
                f"{more:+.1f} points",
                more,
                more >= 5,
            )


def _calibration(intents: Mapping[str, Any]) -> Iterator[Goal]:
    for code, language in _LANGUAGES.items():
        if "cascade" in intents.get(code, {}):
            error = intents[code]["cascade"]["calibration_error"]
            yield Goal(f"calibration error, {language}", "at most 0.05", f"{error:.3f}", error, error <= 0.05)


def _dialogue(dialogue: Mapping[str, Any]) -> Iterator[Goal]:
    if not {"ours", "template"} <= set(dialogue):
        return
    ours, template = dialogue["ours"], dialogue["template"]

    def ratio(key: str) -> float:
        return float(ours[key] / template[key])

    rate = ratio("turns_a_second")
    yield Goal("turns a second", "at least 5 times", f"{rate:.1f} times", rate, rate >= 5)
    for key, what in (("milliseconds_p50", "p50 of a turn"), ("ready_seconds", "time to ready")):
        yield _share(what, "at most a third", ratio(key), 1 / 3)
    for key in ("peak", "resident"):
        share = ours["memory"][key] / template["memory"][key]
        yield _share(f"{key} memory", "at most half", share, 1 / 2)
    for name, told in (("ours", "turn 400 against turn 5"), ("ours-recorded", "turn 400 against turn 5, recorded")):
        if name in dialogue:
            slower = dialogue[name]["turn_400_by_turn_5"]
            yield Goal(told, "at most 1.3 times", f"{slower:.2f} times", slower, slower <= 1.3)


def _desk(desk: Mapping[str, Any]) -> Iterator[Goal]:
    for kind, told in desk.get("databases", {}).items():
        name, slowest = max(told["calls"].items(), key=lambda call: float(call[1]["p95"]))
        p95 = float(slowest["p95"])
        yield Goal(f"p95 of the slowest desk call, {kind}", "under 100 ms", f"{p95:.0f} ms ({name})", p95, p95 < 100)


def _share(what: str, goal: str, share: float, most: float) -> Goal:
    return Goal(what, goal, f"{share:.2f} of it", share, share <= most)
