"""Sentence embeddings: the same from the store as from the engine, and no text ends the process."""

import logging
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.nlu.embeddings import Embeddings, readable

TEXTS = ["Where is my card?", "Où est ma carte?", "Can I fly on Friday?"]


@pytest.fixture(scope="module")
def plain_engine() -> Embeddings:
    return Embeddings()


class Counting:
    """Counts what the engine is asked for."""

    def __init__(self, embeddings: Embeddings, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        engine = embeddings._engine

        def query(texts: list[str]) -> object:
            self.asked += texts
            return engine.query(texts)

        monkeypatch.setattr(embeddings, "_engine", type("Engine", (), {"query": staticmethod(query)}))


def test_both_languages_say_the_same_in_near_directions(plain_engine: Embeddings) -> None:
    card, carte, flight = plain_engine.many(TEXTS)
    assert card @ carte > card @ flight


def test_one_is_a_row_of_many(plain_engine: Embeddings) -> None:
    assert plain_engine.one(TEXTS[0])[0] == pytest.approx(plain_engine.many(TEXTS)[0], abs=1e-3)


def test_a_sentence_is_embedded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "deep" / "embeddings.npz"
    first = Embeddings(store)
    vectors = first.many([*TEXTS, TEXTS[0]])
    assert np.array_equal(vectors[0], vectors[3])
    again = Embeddings(store)
    counting = Counting(again, monkeypatch)
    assert np.array_equal(again.many(TEXTS), vectors[:3])
    assert counting.asked == []
    again.many([TEXTS[1], "And my photo?"])
    assert counting.asked == ["And my photo?"]


def test_what_is_trained_on_no_more_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "embeddings.npz"
    Embeddings(store).many(TEXTS)
    Embeddings(store).many([TEXTS[0], "And my photo?"])
    last = Embeddings(store)
    counting = Counting(last, monkeypatch)
    last.many([TEXTS[0], TEXTS[1]])
    assert counting.asked == [TEXTS[1]]


@pytest.mark.parametrize("content", [b"", b"not a store", b"PK\x03\x04 cut off"])
def test_a_damaged_store_costs_time_and_nothing_else(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture, plain_engine: Embeddings
) -> None:
    store = tmp_path / "embeddings.npz"
    store.write_bytes(content)
    with caplog.at_level(logging.WARNING, logger="bot.nlu.embeddings"):
        assert np.array_equal(Embeddings(store).many(TEXTS), plain_engine.many(TEXTS))
    assert "cannot be read" in caplog.text
    assert [entry.name for entry in tmp_path.iterdir()] == [store.name]
    with np.load(store) as file:
        assert len(file["keys"]) == len(TEXTS)


def test_a_character_that_grows_when_normalised_does_not_end_the_process() -> None:
    """In a process of its own, since what it guards against is no exception but the end of the process."""
    program = (
        "from bot.nlu.embeddings import Embeddings; e = Embeddings(); "
        "texts = ['\\ufdfa' * 20, '\\ufdfa' * 2000, '\\u33ff\\ufdfb\\u2a74\\u1f82' * 500, '\\u0344' * 400]; "
        "print(e.many(texts).shape, e.one(texts[1]).shape)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "(4, 384) (1, 384)"), done.stderr


def test_what_is_read_has_an_end() -> None:
    assert len(readable("\ufdfa" * 2000)) <= 400
