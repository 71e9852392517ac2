"""What is trained on and what only measures: a sentence may join the former once, and never come near the latter."""

from collections.abc import Iterable
from pathlib import Path

from bot.improving.sentences import Labelled, read_sentences, words
from bot.settings import ROOT

# Two sentences that share this much of their words (Jaccard index) are variations of each other.
_VARIATION = 0.6


class Corpus:
    """The sentences of training and of measuring."""

    def __init__(self, trained: Iterable[Labelled], measured: Iterable[Labelled]) -> None:
        self._trained: dict[tuple[str, ...], Labelled] = {}
        for sentence in trained:
            self._trained.setdefault(words(sentence.text), sentence)
        self._measured = [(frozenset(words(sentence.text)), sentence) for sentence in measured]
        self.intents = frozenset(sentence.intent for sentence in self._trained.values())

    @classmethod
    def load(cls, reviewed: Path, root: Path = ROOT) -> "Corpus":
        """Reads everything under data/nlu and in `reviewed`, and the sentences under tests/nlu.

        Raises:
            SentencesError: one of the files cannot be read.
        """
        files = {*(root / "data" / "nlu").rglob("*.yml"), *reviewed.glob("*.yml")}
        measuring = [file for kind in ("heldout", "tuning") for file in (root / "tests" / "nlu").glob(f"{kind}_*.yml")]
        return cls(_read(files), _read(measuring))

    def trained_as(self, text: str) -> Labelled | None:
        """The same sentence where it is trained on already, whatever its case, accents and punctuation."""
        return self._trained.get(words(text))

    def measured_by(self, text: str) -> Labelled | None:
        """The sentence that only measures of which `text` is a variation: training on it would flatter the measure."""
        bag = frozenset(words(text))
        for other, sentence in self._measured:
            if bag and len(bag & other) >= _VARIATION * len(bag | other):
                return sentence
        return None

    def learn(self, sentence: Labelled) -> None:
        """Takes note of a sentence that was added to training."""
        self._trained.setdefault(words(sentence.text), sentence)


def _read(files: Iterable[Path]) -> list[Labelled]:
    return [sentence for file in sorted(files) for sentence in read_sentences(file)]
