"""The template is Rasa's own, and its project says of every intent what it is."""

from pathlib import Path

import yaml

from benchmarks.template import config, write_project


def _part(found: dict, name: str) -> dict:
    return next(part for part in [*found["pipeline"], *found["policies"]] if part["name"] == name)


def test_the_template_is_the_one_of_rasa_3_6() -> None:
    found = config(None)
    assert [part["name"] for part in found["pipeline"]] == [
        "WhitespaceTokenizer", "RegexFeaturizer", "LexicalSyntacticFeaturizer", "CountVectorsFeaturizer",
        "CountVectorsFeaturizer", "DIETClassifier", "EntitySynonymMapper", "ResponseSelector", "FallbackClassifier",
    ]  # fmt: skip
    assert _part(found, "DIETClassifier") == {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True}
    assert (_part(found, "FallbackClassifier")["threshold"], _part(found, "TEDPolicy")["epochs"]) == (0.3, 100)


def test_a_quick_try_changes_the_epochs_and_nothing_else() -> None:
    quick, full = config(2), config(None)
    for part in [*full["pipeline"], *full["policies"]]:
        if "epochs" in part:
            part["epochs"] = 2
    assert quick == full


def test_every_intent_is_answered_by_a_rule_and_a_story(tmp_path: Path) -> None:
    write_project(tmp_path, ["hi\nthere", "again", "merci"], ["greet", "restart", "thank"], None)

    def read(name: str) -> dict:
        return yaml.safe_load((tmp_path / name).read_text(encoding="utf-8"))

    entries = {entry["intent"]: entry["examples"] for entry in read("data/nlu.yml")["nlu"]}
    assert entries == {"greet": "- hi there\n", "restart": "- again\n", "thank": "- merci\n"}
    # Rasa answers "restart" itself and refuses rules that say otherwise.
    assert [rule["rule"] for rule in read("data/rules.yml")["rules"]] == ["greet", "thank", "nlu_fallback"]
    assert [story["story"] for story in read("data/stories.yml")["stories"]] == ["greet", "thank"]
    assert set(read("domain.yml")["responses"]) >= {"utter_greet", "utter_thank", "utter_nlu_fallback"}
