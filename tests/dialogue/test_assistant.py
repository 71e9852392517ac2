"""The trained model as it is served, beside the same model in Rasa's own hands."""

import subprocess
import sys
import tarfile
import warnings
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.assistant import Assistant, load_assistant
from bot.dialogue.model import ModelError, usable_model
from bot.settings import ROOT, load_settings
from tests.contract import INTENTS

SENTENCES = [
    "Can I do the CBP part on my flight from Calgary to Denver on Friday?",
    "Combien coûte une demande NEXUS?",
    "j'ai passé celle de l'ASFC à Pearson, puis-je finir à la frontière?",
    "how do i renew",
    "qwrtp zxcv",
]


@pytest.fixture(scope="module")
def agent(assistant: Assistant) -> Any:
    """Rasa's own agent on the same file; the fixture `assistant` has trained it where it was stale."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from bot.dialogue.quiet import quiet_rasa

        quiet_rasa(to_train=True)
        from rasa.core.agent import Agent

        return Agent.load(str(usable_model(load_settings().model_dir)))


async def test_every_rule_is_what_rasas_own_policy_predicts(assistant: Assistant, agent: Any) -> None:
    from rasa.shared.core.constants import ACTION_LISTEN_NAME
    from rasa.shared.core.events import ActionExecuted, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    for intent in [*INTENTS, "nlu_fallback", "identity_proved"]:
        said = UserUttered("x", intent={"name": intent, "confidence": 1.0}, parse_data={"intent": {"name": intent}})
        before = [ActionExecuted(ACTION_LISTEN_NAME), said]
        tracker = DialogueStateTracker.from_events("one", before, agent.domain.slots, domain=agent.domain)
        prediction = agent.processor._predict_next_with_tracker(tracker)
        rasas = agent.domain.action_names_or_texts[prediction.max_confidence_index]
        assert assistant.rules.action(intent) == rasas, intent


@pytest.mark.parametrize("text", SENTENCES)
async def test_a_message_is_read_as_rasas_own_graph_reads_it(assistant: Assistant, agent: Any, text: str) -> None:
    ours, rasas = assistant.pipeline.understand(text, {}), await agent.parse_message(text)
    assert ours["intent"]["name"] == rasas["intent"]["name"]
    assert ours["intent"]["confidence"] == pytest.approx(rasas["intent"]["confidence"], abs=1e-6)
    assert [(e["entity"], e["start"], e["end"]) for e in ours["entities"]] == [
        (e["entity"], e["start"], e["end"]) for e in rasas["entities"]
    ]


def test_serving_imports_neither_rasas_agent_nor_tensorflow(assistant: Assistant) -> None:
    program = (
        "import sys; from bot.dialogue.quiet import quiet_rasa; quiet_rasa(); "
        "import bot.dialogue.host; from bot.dialogue.assistant import load_assistant; "
        "from bot.dialogue.model import usable_model; from bot.settings import load_settings; "
        "load_assistant(usable_model(load_settings().model_dir)).pipeline.understand('zu wem', {}); "
        "print(sorted({'tensorflow', 'rasa.core.agent', 'rasa.core.processor', 'sklearn', 'dask'} & set(sys.modules)))"
    )
    command = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_what_is_no_model_is_named(tmp_path: Path) -> None:
    file = tmp_path / "nexus-guide.tar.gz"
    file.write_bytes(b"not a model")
    with pytest.raises(ModelError, match=r"nexus-guide\.tar\.gz cannot be used.*train again"):
        load_assistant(file)


def test_an_archive_that_reaches_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    file, outside = tmp_path / "nexus-guide.tar.gz", tmp_path / "metadata.json"
    outside.write_text("{}", encoding="ascii")
    with tarfile.open(file, "w:gz") as archive:
        archive.add(outside, arcname="../metadata.json")
    with pytest.raises(ModelError, match="cannot be used"):
        load_assistant(file)
