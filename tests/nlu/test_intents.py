"""The component's way through Rasa's storage."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import intents
from bot.nlu.intents import IntentClassifier
from tests.nlu.small_set import INTENTS, TEXTS, UNSEEN


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store of embeddings is the project's; a test of a small set must not empty it."""
    monkeypatch.setattr(intents, "STORE", tmp_path / "embeddings.npz")


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[LocalModelStorage]:
    yield LocalModelStorage.create(tmp_path)


def component(storage: LocalModelStorage, name: str = "create", **config: float) -> Any:
    merged = IntentClassifier.get_default_config() | config
    return getattr(IntentClassifier, name)(merged, storage, Resource("intents"), ExecutionContext(GraphSchema({})))


def test_the_component_survives_rasas_storage(storage: LocalModelStorage) -> None:
    examples = [Message.build(text, intent) for text, intent in zip(TEXTS, INTENTS, strict=True)]
    assert component(storage).train(TrainingData(examples)) == Resource("intents")
    messages = [Message.build(text) for text, _ in UNSEEN]
    component(storage, "load").process(messages)
    assert [message.get("intent")["name"] for message in messages] == [intent for _, intent in UNSEEN]
    assert messages[0].get("intent_ranking")[0] == messages[0].get("intent")
    assert "intent_ranking" in messages[0].output_properties


def test_the_tuning_of_the_configuration_counts(storage: LocalModelStorage) -> None:
    examples = [Message.build(text, intent) for text, intent in zip(TEXTS, INTENTS, strict=True)]
    component(storage).train(TrainingData(examples))
    flat, sharp = Message.build("the cost of the card"), Message.build("the cost of the card")
    component(storage, "load", certain=0.0, heat_grams=3.0).process([flat])
    component(storage, "load", certain=0.0, heat_grams=0.5).process([sharp])
    assert flat.get("intent")["name"] == sharp.get("intent")["name"]
    assert flat.get("intent")["confidence"] < sharp.get("intent")["confidence"]


def test_one_intent_is_nothing_to_tell_apart(storage: LocalModelStorage) -> None:
    with pytest.raises(ValueError, match="at least two intents under data/nlu"):
        component(storage).train(TrainingData([Message.build("hi", "greet")]))


def test_an_untrained_component_says_nothing(storage: LocalModelStorage) -> None:
    message = Message.build("hi")
    component(storage).process([message])
    assert message.get("intent") is None
