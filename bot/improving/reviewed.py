"""The files of reviewed sentences, `en.yml` and `fr.yml` of one folder, which training reads with the others.

Each addition reads the folder anew and writes a whole file beside the old one, which then takes its name, under a lock
on the folder: two reviewers at once lose nothing, and training never sees half a file.
"""

import fcntl
import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.formats import Language
from bot.improving.corpus import Corpus
from bot.improving.sentences import Labelled, read_sentences, words
from bot.improving.writing import write_whole
from bot.settings import ROOT

FOLDER = ROOT / "data" / "nlu" / "reviewed"
_HEADER = """\
# Sentences that travellers wrote, with the intents staff gave them: `nexus-guide review` adds to this file.
# Sentences may be corrected, moved or removed by hand. Comments are not kept.
version: "3.1"
nlu:
"""
_PATIENCE = 5.0
_ASK_AGAIN_AFTER = 0.05


class RefusedError(ValueError):
    """A sentence cannot join the training sentences; the message says why."""


class ReviewedError(RuntimeError):
    """The folder cannot be written to; the message says why and what to do."""


class ReviewedSentences:
    """Adds sentences to the folder, unless they stand in the corpus already."""

    def __init__(self, folder: Path, corpus: Corpus, *, patience: float = _PATIENCE) -> None:
        """`patience` is how many seconds to wait for another reviewer's addition."""
        self._folder = folder
        self._corpus = corpus
        self._patience = patience

    def file(self, language: Language) -> Path:
        """The file of one language."""
        return self._folder / f"{language}.yml"

    def add(self, text: str, intent: str, language: Language) -> bool:
        """Adds a sentence, tidy already; False where it is trained on as that intent anyway.

        Raises:
            RefusedError: it is trained on as another intent, or is kept for measuring.
            ReviewedError: the folder cannot be written to, or somebody else keeps it locked.
            SentencesError: a file in the folder is damaged; nothing is changed.
        """
        measured = self._corpus.measured_by(text)
        if measured is not None:
            raise RefusedError(
                f'"{text}" is too close to "{measured.text}" in {measured.file.name}, which only measures the guide; '
                "training on it would make the figures look better than they are"
            )
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._locked():
                present = {file: read_sentences(file) for file in sorted(self._folder.glob("*.yml"))}
                same = self._corpus.trained_as(text) or _same(text, present.values())
                if same is not None and same.intent != intent:
                    raise RefusedError(
                        f'"{text}" stands in {same.file.parent.name}/{same.file.name} as {same.intent} already; '
                        "one sentence has one intent: leave it, or move it in that file"
                    )
                if same is None:
                    file = self.file(language)
                    new = Labelled(text, intent, file)
                    write_whole(file, rendered([*present.get(file, ()), new]))
                    self._corpus.learn(new)
                return same is None
        except OSError as error:
            raise ReviewedError(f"{self._folder} cannot be written to ({error.strerror}); check its owner") from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            until = time.monotonic() + self._patience
            while not _lock(handle):
                if time.monotonic() > until:
                    raise ReviewedError(f"another review keeps {self._folder} locked; try again when it is done")
                time.sleep(_ASK_AGAIN_AFTER)
            yield
        finally:
            os.close(handle)


def rendered(sentences: list[Labelled]) -> str:
    """The content of a file, by intent and within it in the order given. The sentences must be tidy."""
    by_intent = defaultdict(list)
    for sentence in sentences:
        by_intent[sentence.intent].append(sentence.text)
    parts = [
        f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts)
        for intent, texts in sorted(by_intent.items())
    ]
    return _HEADER + "".join(parts)


def _same(text: str, files: Iterable[list[Labelled]]) -> Labelled | None:
    wanted = words(text)
    return next((other for file in files for other in file if words(other.text) == wanted), None)


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
