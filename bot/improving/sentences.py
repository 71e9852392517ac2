"""Sentences with their intents, as the files hold them that Rasa trains on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.nlu.plain import plain

_OTHER_PARTS = ("synonym", "regex", "lookup")


class SentencesError(ValueError):
    """A file of sentences cannot be read; the message says which, what was expected and what came."""


@dataclass(frozen=True)
class Labelled:
    """A sentence, its intent and the file it stands in."""

    text: str
    intent: str
    file: Path


def read_sentences(file: Path) -> list[Labelled]:
    """The labelled sentences of `file` (YAML as Rasa 3 reads it), in order; none for a file without `nlu`.

    Raises:
        SentencesError: the file cannot be read or does not say which sentence has which intent.
    """
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SentencesError(f"{file}: the file cannot be read ({error.strerror}); name another") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        where = getattr(error, "problem_mark", None)
        line = f"line {where.line + 1}: " if where else ""
        raise SentencesError(f"{file}: {line}expected YAML in UTF-8; correct the file") from error
    if not isinstance(content, dict) or not isinstance(content.get("nlu") or [], list):
        raise SentencesError(f"{file}: expected a list under `nlu`, as in data/nlu; correct the file")
    return [sentence for entry in content.get("nlu") or [] for sentence in _sentences(entry, file)]


def _sentences(entry: Any, file: Path) -> Iterator[Labelled]:
    if isinstance(entry, dict) and any(part in entry for part in _OTHER_PARTS):
        return
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in ("intent", "examples")):
        raise SentencesError(f"{file}: expected `intent` and `examples: |` in each entry of `nlu`; correct the file")
    for line in entry["examples"].splitlines():
        if not line.strip():
            continue
        if not line.startswith("- "):
            raise SentencesError(
                f'{file}: {entry["intent"]}: expected lines that begin with "- ", got "{line[:60]}"; correct the file'
            )
        yield Labelled(line[2:].strip(), entry["intent"], file)


def words(text: str) -> tuple[str, ...]:
    """The words of a sentence without case, accents and punctuation: what makes two sentences the same one."""
    return tuple(re.findall(r"[^\W_]+", plain(text)))
