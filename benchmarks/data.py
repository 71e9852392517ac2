"""The sentences that are trained and measured on: the project's own, and public sets if a folder holds them."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.improving.sentences import read_sentences
from bot.settings import ROOT

TRAINED_ON = ("data/nlu/*/*.yml",)
OUT_OF_SCOPE = frozenset({"out_of_scope", "oos"})
_TRAIN, _TEST = "_train.csv", "_test.csv"

Labelled = tuple[list[str], list[str]]
"""Texts, and the intent of each."""


class DataError(ValueError):
    """A file of sentences is missing or of another form; the message says which and what was expected."""


@dataclass(frozen=True)
class PublicSet:
    """A public set, as it was split by those who made it."""

    name: str
    train: Labelled
    test: Labelled


def sentences(*patterns: str) -> Labelled:
    """Texts and intents of Rasa training files; patterns of paths, from the project's root.

    Raises:
        DataError: no file fits a pattern.
        SentencesError: a file is not of Rasa's form.
    """
    texts, intents = [], []
    for pattern in patterns:
        files = sorted(ROOT.glob(pattern))
        if not files:
            raise DataError(f"expected files of sentences at {pattern}, found none; correct the pattern")
        for sentence in (sentence for file in files for sentence in read_sentences(file)):
            texts.append(sentence.text)
            intents.append(sentence.intent)
    return texts, intents


def noise(path: str | Path, language: str) -> list[str]:
    """Messages without a question in `language`; `path` from the project's root. None where there is no such file.

    Raises:
        DataError: the file is not a list of texts under each language.
    """
    file = ROOT / path
    if not file.is_file():
        return []
    content: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    found = content.get(language, []) if isinstance(content, dict) else None
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise DataError(f"{file}: expected a list of texts under `{language}`, got {found!r}; quote what is no text")
    return found


def public_sets(folder: Path | None) -> list[PublicSet]:
    """The sets of `folder`: NAME_train.csv and NAME_test.csv with the columns text and category; none without one.

    Raises:
        DataError: the folder has no set, one without its other half, or a file without those columns.
    """
    if folder is None:
        return []
    files = sorted(folder.glob(f"*{_TRAIN}"))
    if not files:
        raise DataError(f"expected NAME{_TRAIN} and NAME{_TEST} in {folder}, found none; name another folder")
    names = [file.name.removesuffix(_TRAIN) for file in files]
    return [PublicSet(name, _rows(folder / f"{name}{_TRAIN}"), _rows(folder / f"{name}{_TEST}")) for name in names]


def _rows(file: Path) -> Labelled:
    if not file.is_file():
        raise DataError(f"expected {file.name} beside its other half in {file.parent}; add it")
    with file.open(encoding="utf-8", newline="") as content:
        reader = csv.DictReader(content)
        if not {"text", "category"} <= set(reader.fieldnames or ()):
            raise DataError(f"{file}: expected the columns text and category, got {reader.fieldnames}")
        rows = [(row["text"], row["category"]) for row in reader]
    return [text for text, _ in rows], [category for _, category in rows]
