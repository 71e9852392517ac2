"""Sentences are loaded as they stand; what is missing is named."""

from pathlib import Path

import pytest

from benchmarks import data
from benchmarks.data import DataError, noise, public_sets, sentences


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(data, "ROOT", tmp_path)
    return tmp_path


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def test_sentences_come_with_their_intents_in_the_order_of_the_files(root: Path) -> None:
    _write(root / "b.yml", "nlu:\n- intent: thank\n  examples: |\n    - merci\n")
    _write(root / "a.yml", "nlu:\n- intent: greet\n  examples: |\n    - bonjour - tout le monde\n    - hi\n")
    assert sentences("*.yml") == (["bonjour - tout le monde", "hi", "merci"], ["greet", "greet", "thank"])


def test_a_pattern_without_files_is_a_fault(root: Path) -> None:
    with pytest.raises(DataError, match="nothing/"):
        sentences("nothing/*.yml")


def test_noise_is_read_by_language_and_may_be_absent(root: Path) -> None:
    _write(root / "noise.yml", 'en:\n  - banana\n  - "7777"\nfr:\n  - ananas\n')
    assert noise("noise.yml", "en") == ["banana", "7777"]
    assert noise("noise.yml", "de") == []
    assert noise("absent.yml", "en") == []


def test_noise_that_yaml_takes_for_a_number_is_a_fault(root: Path) -> None:
    _write(root / "noise.yml", "en:\n  - 7777\n")
    with pytest.raises(DataError, match="quote"):
        noise("noise.yml", "en")


def test_public_sets_are_found_by_their_names(tmp_path: Path) -> None:
    _write(tmp_path / "bank_train.csv", 'text,category\n"where, please, is it?",card\n')
    _write(tmp_path / "bank_test.csv", "category,text\noos,joke\n")
    (found,) = public_sets(tmp_path)
    assert (found.name, found.train, found.test) == ("bank", (["where, please, is it?"], ["card"]), (["joke"], ["oos"]))


def test_no_folder_means_no_public_sets() -> None:
    assert public_sets(None) == []


def test_a_folder_without_sets_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="NAME_train"):
        public_sets(tmp_path)


def test_half_a_set_is_a_fault(tmp_path: Path) -> None:
    _write(tmp_path / "bank_train.csv", "text,category\nhi,greet\n")
    with pytest.raises(DataError, match=r"bank_test\.csv"):
        public_sets(tmp_path)


def test_other_columns_are_a_fault(tmp_path: Path) -> None:
    _write(tmp_path / "bank_train.csv", "sentence,label\nhi,greet\n")
    with pytest.raises(DataError, match="text and category"):
        public_sets(tmp_path)
