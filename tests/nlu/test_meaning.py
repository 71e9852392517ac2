"""Meaning: scikit-learn's classifier, kept as matrices."""

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.embeddings import Embeddings
from bot.nlu.meaning import Meaning, centred, train_meaning
from tests.nlu.small_set import INTENTS, TEXTS, UNSEEN


@pytest.fixture(scope="module")
def embeddings() -> Embeddings:
    return Embeddings()


@pytest.fixture(scope="module")
def meaning(embeddings: Embeddings) -> Meaning:
    return train_meaning(embeddings.many(TEXTS), INTENTS)


def test_it_knows_what_its_sentences_mean_in_other_words(meaning: Meaning, embeddings: Embeddings) -> None:
    said = meaning.say(embeddings.many([text for text, _ in UNSEEN]))
    assert said.sum(axis=1) == pytest.approx(1.0)
    names = sorted(set(INTENTS))
    assert [names[best] for best in said.argmax(axis=1)] == [intent for _, intent in UNSEEN]


def test_it_says_what_scikit_learn_says(meaning: Meaning, embeddings: Embeddings) -> None:
    from sklearn.linear_model import LogisticRegression

    vectors = embeddings.many(TEXTS)
    seen = centred(vectors, vectors.mean(axis=0))
    expected = LogisticRegression(C=90.0, max_iter=300).fit(seen, INTENTS).predict_proba(seen)
    assert meaning.say(vectors) == pytest.approx(expected, abs=1e-5)


def test_what_is_saved_is_loaded(meaning: Meaning, embeddings: Embeddings, tmp_path: Path) -> None:
    meaning.save(tmp_path)
    vectors = embeddings.many(["combien"])
    assert Meaning.load(tmp_path).say(vectors) == pytest.approx(meaning.say(vectors))


def test_the_centre_itself_is_no_direction() -> None:
    centre = np.array([1.0, 2.0], dtype=np.float32)
    assert centred(centre[None, :], centre).tolist() == [[0.0, 0.0]]
