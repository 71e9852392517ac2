"""The understanding half of a trained model, run component after component.

Rasa runs a model's graph through Dask, whose scheduling cost more than most components here, and importing its loader
imports TensorFlow. A pipeline is a chain: each component gets the messages that the one before it gave. The chain, the
classes, their configuration and their trained files are those that Rasa wrote into the model.
"""

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

# The ends of the chain, which belong to Rasa's own way of taking messages in: a message is made here instead, and one
# that begins with "/" is text (`bot.dialogue.reading`).
_ENDS = frozenset({"nlu_message_converter", "run_RegexMessageHandler"})


class PipelineError(ValueError):
    """The model's graph is no chain of components; the message names the part that is not understood."""


class Pipeline:
    """Understands messages; loaded once, used by any thread, for the components keep nothing of a message."""

    def __init__(self, components: list[Any]) -> None:
        self._components = components

    @classmethod
    def load(cls, metadata: Mapping[str, Any], components: Path) -> "Pipeline":
        """The pipeline of a model, whose `metadata` names the parts and whose folder `components` holds their files.

        Raises:
            PipelineError: a part takes anything else than the messages of one other part.
        """
        storage = LocalModelStorage(components)
        context = ExecutionContext(GraphSchema({}), model_id=str(metadata["model_id"]))
        return cls([_made(node, storage, context) for node in _chain(metadata)])

    def understand(self, text: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
        """What the components say of `text`: intent, ranking, entities and what else they add.

        `metadata` is what they are told beside the text (`bot.nlu.language`, `bot.nlu.entities`).
        """
        messages = [Message(data={TEXT: text, "metadata": dict(metadata)})]
        for component in self._components:
            messages = component.process(messages)
        understood: dict[str, Any] = {"entities": [], INTENT: {"name": None, "confidence": 0.0}}
        understood |= messages[0].as_dict(only_output_properties=True)
        return understood | {TEXT: text}


def _chain(metadata: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The nodes of the pipeline, first to last."""
    nodes: Mapping[str, Mapping[str, Any]] = metadata["predict_schema"]["nodes"]
    found: list[Mapping[str, Any]] = []
    name = str(metadata["nlu_target"])
    while True:
        needs = nodes[name]["needs"]
        before = needs.get("messages")
        if name not in _ENDS:
            if set(needs) != {"messages"} or nodes[name]["fn"] != "process":
                raise PipelineError(
                    f"expected {name} of config.yml to process the messages of the component before it, "
                    f"and it needs {sorted(needs)}; serve such a model with Rasa's own server, or leave the part out"
                )
            found.append(nodes[name])
        if before not in nodes:
            return found[::-1]
        name = before


def _made(node: Mapping[str, Any], storage: LocalModelStorage, context: ExecutionContext) -> Any:
    module, _, name = str(node["uses"]).rpartition(".")
    component = getattr(importlib.import_module(module), name)
    resource = Resource(node["resource"]["name"]) if node["resource"] else Resource(name)
    constructor = getattr(component, node["constructor_name"])
    return constructor({**component.get_default_config(), **node["config"]}, storage, resource, context)
