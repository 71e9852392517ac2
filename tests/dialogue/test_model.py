"""Which model may be loaded: only the one that was trained here, from the files present."""

import json
import shutil
from pathlib import Path

import pytest

from bot.dialogue.model import ModelError, inputs_digest, model_file, training_files, usable_model, write_record
from bot.settings import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a model that fits the files present."""
    model_file(tmp_path).write_bytes(b"a model")
    write_record(tmp_path, inputs_digest())
    return tmp_path


def record(folder: Path) -> Path:
    return folder / "nexus-guide.json"


def test_a_model_of_the_files_present_is_used(folder: Path) -> None:
    assert usable_model(folder) == model_file(folder)


def test_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"^there is no trained model in .*; train one with: nexus-guide train$"):
        usable_model(tmp_path)


@pytest.mark.parametrize("missing", ["nexus-guide.json", "nexus-guide.tar.gz"])
def test_half_of_it_is_gone(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    with pytest.raises(ModelError, match="there is no trained model"):
        usable_model(folder)


def test_it_was_trained_from_other_files(folder: Path) -> None:
    write_record(folder, "0" * 64)
    with pytest.raises(ModelError, match=r"other files than those present; train again with: nexus-guide train$"):
        usable_model(folder)


def test_another_file_was_put_in_its_place(folder: Path) -> None:
    model_file(folder).write_bytes(b"another model, which is code")
    with pytest.raises(ModelError, match="is not the file this installation trained; train again"):
        usable_model(folder)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"inputs": "x"}', "3", "null", "é"])
def test_its_record_is_damaged(folder: Path, content: str) -> None:
    record(folder).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"is damaged .*train again with: nexus-guide train"):
        usable_model(folder)


def test_the_record_says_what_it_was_trained_from(folder: Path) -> None:
    assert set(json.loads(record(folder).read_text())) == {"inputs", "model"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the files that training reads."""
    for path in training_files():
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return tmp_path


def test_the_digest_does_not_depend_on_where_the_project_lies(copy: Path) -> None:
    assert inputs_digest(copy) == inputs_digest(ROOT)


@pytest.mark.parametrize("changed", ["config.yml", "domain.yml", "bot/nlu/times.py", "data/rules/flights.yml"])
def test_each_file_counts(copy: Path, changed: str) -> None:
    before = inputs_digest(copy)
    with (copy / changed).open("a") as file:
        file.write("\n")
    assert inputs_digest(copy) != before


def test_a_file_more_or_renamed_counts(copy: Path) -> None:
    before = inputs_digest(copy)
    rules = copy / "data" / "rules"
    (rules / "flights.yml").rename(rules / "flight.yml")
    renamed = inputs_digest(copy)
    (rules / "more.yml").write_text("version: '3.1'\n")
    assert len({before, renamed, inputs_digest(copy)}) == 3
