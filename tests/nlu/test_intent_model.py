"""The cascade on a small set: cheap where it is sure, both where it is not, calibrated and the same every time."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.embeddings import Embeddings, Vectors
from bot.nlu.intent_model import IntentModel, Tuning, tempered, together, train_intents
from tests.nlu.small_set import EXAMPLES, INTENTS, TEXTS, UNSEEN

ALWAYS, NEVER = Tuning(certain=1.0), Tuning(certain=0.0)


@pytest.fixture(scope="module")
def embeddings() -> Embeddings:
    return Embeddings()


@pytest.fixture(scope="module")
def model(embeddings: Embeddings) -> IntentModel:
    return train_intents(TEXTS, INTENTS, embeddings, strictness=20.0)


class Forbidden(Embeddings):
    """An engine that must not be asked."""

    def __init__(self) -> None:
        pass

    def one(self, text: str) -> Vectors:
        raise AssertionError(f"the embeddings were asked about {text!r}")


@pytest.mark.parametrize(("text", "intent"), UNSEEN)
def test_unseen_sentences_are_understood(model: IntentModel, embeddings: Embeddings, text: str, intent: str) -> None:
    assert model.rank(text, embeddings, ALWAYS, most=1)[0].intent == intent


def test_where_the_n_grams_are_sure_the_embeddings_are_not_asked(model: IntentModel) -> None:
    assert model.rank("how much does it cost", Forbidden(), Tuning(certain=0.6), most=1)[0].intent == "ask_fees"
    assert len(model.rank("zzz", Forbidden(), NEVER, most=9)) == len(EXAMPLES)


def test_where_they_are_unsure_the_embeddings_are_asked(model: IntentModel) -> None:
    with pytest.raises(AssertionError, match="were asked about"):
        model.rank("zzz", Forbidden(), Tuning(certain=0.6), most=1)


def test_the_ranking_is_a_distribution_in_order(model: IntentModel, embeddings: Embeddings) -> None:
    for tuning in (ALWAYS, NEVER, Tuning(0.5, 2.0, 0.5)):
        ranking = model.rank("what does the card cost", embeddings, tuning, most=9)
        assert [guess.probability for guess in ranking] == sorted((g.probability for g in ranking), reverse=True)
        assert sum(guess.probability for guess in ranking) == pytest.approx(1.0)
        assert {guess.intent for guess in ranking} == set(EXAMPLES)
        assert model.rank("what does the card cost", embeddings, tuning, most=2) == ranking[:2]


def ascii_start(text: str) -> str:
    return ascii(text)[:20]


@pytest.mark.parametrize("text", ["", " ", "😀", "\u200f", "مرحبا", "x" * 2000, "a\x01b", "é" * 2000], ids=ascii_start)
def test_any_text_is_ranked(model: IntentModel, embeddings: Embeddings, text: str) -> None:
    assert len(model.rank(text, embeddings, ALWAYS, most=9)) == len(EXAMPLES)


def test_training_twice_gives_the_same_model(model: IntentModel, embeddings: Embeddings) -> None:
    again = train_intents(TEXTS, INTENTS, embeddings, strictness=20.0)
    for text, _ in UNSEEN:
        one, other = (each.rank(text, embeddings, ALWAYS, most=9) for each in (model, again))
        assert [guess.intent for guess in one] == [guess.intent for guess in other]
        assert [g.probability for g in one] == pytest.approx([g.probability for g in other], abs=1e-6)


def test_what_is_saved_is_loaded_and_holds_no_code(model: IntentModel, embeddings: Embeddings, tmp_path: Path) -> None:
    model.save(tmp_path)
    assert {file.suffix for file in tmp_path.iterdir()} == {".npz", ".json"}
    loaded = IntentModel.load(tmp_path)
    for text, _ in UNSEEN:
        one, other = (each.rank(text, embeddings, ALWAYS, most=9) for each in (model, loaded))
        assert [guess.intent for guess in one] == [guess.intent for guess in other]
        assert [g.probability for g in one] == pytest.approx([g.probability for g in other])


DISTRIBUTIONS = st.lists(st.floats(0.001, 1.0), min_size=2, max_size=6).map(lambda raw: np.array(raw) / sum(raw))


@given(likely=DISTRIBUTIONS, heat=st.floats(0.3, 4.0))
def test_a_temperature_changes_no_order(likely: np.ndarray, heat: float) -> None:
    flat = tempered(likely, heat)
    assert flat.sum() == pytest.approx(1.0)
    assert np.all(np.diff(flat[np.argsort(likely)]) >= -1e-9)
    assert flat.max() <= likely.max() + 1e-9 if heat >= 1 else flat.max() >= likely.max() - 1e-9


def test_what_one_holds_impossible_stays_unlikely() -> None:
    both = together(np.array([0.98, 0.01, 0.01]), np.array([0.0, 0.5, 0.5]))
    assert both.argmax() != 0
    assert both.sum() == pytest.approx(1.0)
