"""What the parts gave is put together under the names that tables and README use."""

from benchmarks.figures import figures, order, sets
from benchmarks.plan import Part


def _guess(intent: str, *, asked: bool = False) -> dict:
    return {"intent": intent, "confidence": 0.9, "asked_again": asked, "milliseconds": 1.0}


def _part(module: str, name: str, **job: object) -> Part:
    return Part(("intents",), name, name, module, dict(job), 1)


def test_parts_become_figures() -> None:
    read = {
        "parts": {
            "en": {"guesses": [_guess("a"), _guess("a")], "meant": ["a", "b"]},
            "noise_en": {"guesses": [_guess("a"), _guess("a", asked=True)], "meant": ["", ""]},
        },
        "memory": {"peak": 1.0},
        "imports": [],
        "took_seconds": 1.0,
    }
    parts = [
        _part("our_reading", "reading-cascade-project", set="project", contestant="cascade"),
        _part("template_training", "training-template-project", set="project", policies=True),
        _part("our_reading", "reading-cascade-bank", set="bank", contestant="cascade"),
    ]
    results = {
        "reading-cascade-project": read,
        "training-template-project": {"sentences": 2, "seconds": 8.0, "policies_seconds": 3.0, "took_seconds": 20.0},
    }
    found = figures(parts, results, {"command": "make bench", "quick": False, "failed": {}, "missing": []})
    assert found["intents"]["en"]["cascade"]["accuracy"] == 0.5
    assert found["noise"] == {"en": {"cascade": {"messages": 2, "asked_again": 0.5}}}
    assert found["training_seconds"] == {"project": {"template": 8.0, "template's policies": 3.0}}
    assert found["took_seconds"] == {"reading-cascade-project": 1.0, "training-template-project": 20.0}
    assert [goal["what"] for goal in found["wanted"]] == ["calibration error, English"]
    assert found["machine"]["cores"] >= 1


def test_the_template_comes_first_and_our_languages_before_public_sets() -> None:
    assert order({"cascade": 1, "n-grams": 1, "template": 1}) == ["template", "n-grams", "cascade"]
    assert sets({"intents": {"bank": {}, "fr": {}, "en": {}}}) == ["en", "fr", "bank"]
