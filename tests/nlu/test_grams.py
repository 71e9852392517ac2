"""N-grams: the quick sum says what scikit-learn says, for any text."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.nlu.grams import Grams, letters_of, train_grams, words_of
from bot.nlu.plain import plain
from tests.nlu.small_set import INTENTS, TEXTS


@pytest.fixture(scope="module")
def grams() -> Grams:
    return train_grams(TEXTS, INTENTS, 20.0)


@pytest.fixture(scope="module")
def sklearns() -> tuple[list[TfidfVectorizer], LogisticRegression]:
    """The same classifier, put together with scikit-learn's own word and character analysers."""
    words = TfidfVectorizer(preprocessor=plain, token_pattern=r"[a-z0-9]+", ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(preprocessor=plain, analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    matrix = hstack([vectorizer.fit_transform(TEXTS) for vectorizer in (words, letters)], format="csr")
    return [words, letters], LogisticRegression(C=20.0, solver="liblinear").fit(matrix, INTENTS)


ANY = st.one_of(st.text(), st.lists(st.sampled_from(" ".join(TEXTS).split())).map(" ".join))


@given(text=ANY)
def test_it_says_what_scikit_learn_says(
    grams: Grams, sklearns: tuple[list[TfidfVectorizer], LogisticRegression], text: str
) -> None:
    vectorizers, classifier = sklearns
    expected = classifier.predict_proba(hstack([each.transform([text]) for each in vectorizers], format="csr"))[0]
    assert grams.say(text) == pytest.approx(expected, abs=1e-5)


def test_what_is_saved_is_loaded(grams: Grams, tmp_path: Path) -> None:
    grams.save(tmp_path)
    loaded = Grams.load(tmp_path)
    for text in [*TEXTS, "", "\U0001f600", "nothing known here"]:
        assert np.array_equal(loaded.say(text), grams.say(text))


def test_a_matrix_that_holds_code_is_not_loaded(grams: Grams, tmp_path: Path) -> None:
    grams.save(tmp_path)
    matrices = dict.fromkeys(
        ("weights0", "weights1", "rarity0", "rarity1", "intercept"), np.array([print], dtype=object)
    )
    np.savez(tmp_path / "grams.npz", **matrices)
    with pytest.raises(ValueError, match="allow_pickle=False"):
        Grams.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("when do i", ["when", "do", "i", "when do", "do i"]),
        ("l'entrevue, svp!", ["l", "entrevue", "svp", "l entrevue", "entrevue svp"]),
    ],
)
def test_words_and_pairs(text: str, expected: list[str]) -> None:
    assert list(words_of(text)) == expected


def test_letters_of_a_short_word() -> None:
    assert list(letters_of("ok")) == [" o", "ok", "k ", " ok", "ok ", " ok "]
