"""How many rulings a second one core gives, with all their texts.

`python -m benchmarks.rulings` rules on many different cases (statuses, interviews, airports, times, residences), so
that no ruling repeats another, several times over, and prints the median per second of processor time: the ruling
alone, and the way from JSON to JSON.
"""

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from bot.formats import Language
from bot.guidance.case import Case
from bot.guidance.engine import Engine
from bot.guidance.reading import read_case
from bot.policy import load
from bot.settings import ROOT
from bot.texts import LANGUAGES, Catalogue

CASES = 20_000
RUNS = 5
STATUSES = ["conditionally_approved"] * 6 + ["pending_review", "not_submitted", "approved", "denied"]
CENTRES = ["YVR", "YYC", "YEG", "YWG", "YYZ", "YOW", "YUL", "YHZ", "5520"]
ORIGINS = ["YVR", "YYC", "YEG", "YWG", "YYZ", "YOW", "YUL", "YHZ", "YTZ", "YLW"]


def invented(count: int) -> list[bytes]:
    """Invented cases as JSON, always the same ones."""
    pick = random.Random(20230125)
    return [msgspec.json.encode(_case(pick)) for _ in range(count)]


def _case(pick: random.Random) -> dict[str, Any]:
    now = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=pick.randrange(60 * 24 * 30))

    def later(days: int) -> str:
        return (now + timedelta(minutes=pick.randrange(1, 60 * 24 * days))).isoformat()

    done = pick.random() < 0.5
    interview = {"agency": "CBSA", "centre": pick.choice(CENTRES), "state": "completed" if done else "scheduled"}
    interview["at"] = (now - timedelta(hours=pick.randrange(1, 900))).isoformat() if done else later(40)
    shared = (now - timedelta(minutes=pick.randrange(1, 900))).isoformat() if done and pick.random() < 0.7 else None
    legs = [{"flight": "AC 1", "origin": pick.choice(ORIGINS), "destination": "SEA", "departs_at": later(40)}]
    if pick.random() < 0.3:
        legs.insert(0, {"origin": "YXE", "destination": legs[0]["origin"], "departs_at": legs[0]["departs_at"]})
    return {
        "now": now.isoformat(),
        "application": {
            "kind": pick.choice(["new", "renewal"]),
            "status": pick.choice(STATUSES),
            "submitted_on": "2026-03-02",
            "membership_expires_on": "2026-12-31",
            "interviews": [interview] if pick.random() < 0.8 else [],
            "shared_with_cbp_at": shared,
        },
        "residence": {"latitude": pick.uniform(42, 60), "longitude": pick.uniform(-130, -55)},
        "trips": [{"segments": legs}],
    }


def per_second(work: Callable[[int], object], cases: int) -> float:
    """The median over several runs of how often `work` is done in a second of one core's time."""
    rates = []
    for _ in range(RUNS):
        start = time.process_time()
        for index in range(cases):
            work(index)
        rates.append(cases / (time.process_time() - start))
    return statistics.median(rates)


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Rulings a second of one core, by language: `ruling` alone, and `json` from JSON to JSON."""
    policy = load()
    engine = Engine(policy, Catalogue.load(ROOT / "data" / "responses"))
    texts = invented(int(job["cases"]))
    cases: list[Case] = [read_case(text, policy) for text in texts]

    def alone(language: Language) -> Callable[[int], object]:
        return lambda index: engine.rule(cases[index], language)

    def whole(language: Language) -> Callable[[int], object]:
        return lambda index: msgspec.json.encode(engine.rule(read_case(texts[index], policy), language))

    return {
        language: {"ruling": per_second(alone(language), len(cases)), "json": per_second(whole(language), len(cases))}
        for language in LANGUAGES
    }


def main() -> None:
    """Prints the two figures for both languages."""
    for language, found in run({"cases": CASES}).items():
        alone, whole = found["ruling"], found["json"]
        print(f"{language}: {alone:,.0f} rulings/s; from JSON to JSON {whole:,.0f}/s (median of {RUNS} runs)")


if __name__ == "__main__":
    main()
