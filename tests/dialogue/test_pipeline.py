"""The pipeline: the chain that Rasa wrote into the model, and nothing it would run otherwise."""

from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.assistant import Assistant
from bot.dialogue.pipeline import Pipeline, PipelineError


def node(uses: str, needs: dict[str, str], **rest: Any) -> dict[str, Any]:
    return {
        "uses": uses,
        "needs": needs,
        "fn": "process",
        "constructor_name": "load",
        "config": {},
        "resource": None,
    } | rest


def metadata(**nodes: dict[str, Any]) -> dict[str, Any]:
    converter = node("rasa.Converter", {"messages": "__message__"}, fn="convert_user_message")
    handler = node("rasa.RegexMessageHandler", {"messages": list(nodes)[-1], "domain": "domain_provider"})
    all_nodes = {"nlu_message_converter": converter, **nodes, "run_RegexMessageHandler": handler}
    return {"model_id": "m", "nlu_target": "run_RegexMessageHandler", "predict_schema": {"nodes": all_nodes}}


LANGUAGE = node("bot.nlu.language.LanguageDetector", {"messages": "nlu_message_converter"})


def test_the_components_run_in_the_models_order(tmp_path: Path) -> None:
    unsure = node("bot.nlu.unsure.UnsureClassifier", {"messages": "run_language"}, config={"threshold": 0.5})
    pipeline = Pipeline.load(metadata(run_language=LANGUAGE, run_unsure=unsure), tmp_path)
    assert [type(part).__name__ for part in pipeline._components] == ["LanguageDetector", "UnsureClassifier"]
    understood = pipeline.understand("Bonjour, je voudrais une entrevue", {"language": None})
    assert understood["language"] == "fr"
    assert understood["intent"] == {"name": None, "confidence": 0.0}
    assert understood["entities"] == []


@pytest.mark.parametrize(
    "odd",
    [
        node("x.Featurizer", {"messages": "run_language", "domain": "domain_provider"}),
        node("x.Other", {"messages": "run_language"}, fn="transform"),
    ],
    ids=["needs the domain", "does not process"],
)
def test_what_is_no_chain_is_refused(tmp_path: Path, odd: dict[str, Any]) -> None:
    with pytest.raises(PipelineError, match=r"run_odd of config\.yml"):
        Pipeline.load(metadata(run_language=LANGUAGE, run_odd=odd), tmp_path)


@pytest.mark.parametrize("text", ["  from Vancouver  ", "\nfrom Vancouver", "é from Vancouver", "😀 from Vancouver"])
def test_offsets_count_in_the_message_as_it_came(assistant: Assistant, text: str) -> None:
    understood = assistant.pipeline.understand(text, {"language": "en"})
    assert understood["text"] == text
    (place,) = understood["entities"]
    assert text[place["start"] : place["end"]] == "Vancouver"


def test_a_command_of_rasas_is_text(assistant: Assistant) -> None:
    understood = assistant.pipeline.understand('/inform{"airport": "YVR"}', {"language": "en"})
    assert understood["intent"]["name"] != "inform" or understood["intent"]["confidence"] < 1.0
    assert not any(entity["value"] == "YVR" and "extractor" not in entity for entity in understood["entities"])
