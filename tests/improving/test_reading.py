"""Readings of the trained model, with a model that understands as it is told."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.dialogue import assistant
from bot.improving.reading import Reading, digest, open_reader

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)


class Pipeline:
    """Is sure of nothing but "how much"."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []

    def understand(self, text: str, metadata: dict[str, Any]) -> dict[str, Any]:
        self.told.append(metadata)
        sure = text == "how much"
        ranking = [{"name": "ask_fees", "confidence": 0.9 if sure else 0.2}, {"name": "ask_card", "confidence": 0.1}]
        if not sure:
            ranking.insert(0, {"name": "nlu_fallback", "confidence": 0.3})
        return {"text": text, "intent": ranking[0], "intent_ranking": ranking, "entities": [], "language": "en"}


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    """What the model understands with."""
    pipeline = Pipeline()
    monkeypatch.setattr(assistant, "load_assistant", lambda _file: SimpleNamespace(pipeline=pipeline))
    return pipeline


def test_the_likeliest_intent_and_whether_it_was_enough(pipeline: Pipeline) -> None:
    read = open_reader(Path("model.tar.gz"), NOW)
    assert read("how much") == Reading("ask_fees", 0.9, asked_again=False)
    assert read("the fee thing") == Reading("ask_fees", 0.2, asked_again=True)
    assert read("?!") == Reading("nlu_fallback", 0.0, asked_again=True)


def test_it_reads_as_the_first_message_of_a_conversation(pipeline: Pipeline) -> None:
    open_reader(Path("model.tar.gz"), NOW)("how much")
    assert pipeline.told == [{"language": None, "wall_clock": "2026-11-21T12:00:00"}]


def test_digest(tmp_path: Path) -> None:
    file = tmp_path / "model.tar.gz"
    file.write_bytes(b"a model")
    assert digest(file) == hashlib.sha256(b"a model").hexdigest()
