"""Choosing thresholds: on made-up readings, where the right choice is known."""

from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from benchmarks import thresholds
from benchmarks.thresholds import Chosen, Said, cascade, choose, write
from bot.nlu.intent_model import Tuning

INTENTS = 4


def readings(number: int, sharpness: float, hit: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities that are right as often as `hit`, and sound as sure as `sharpness` makes them."""
    dice = np.random.default_rng(seed)
    meant = dice.integers(0, INTENTS, number)
    said = np.where(dice.random(number) < hit, meant, (meant + 1) % INTENTS)
    scores = dice.normal(0, 0.3, (number, INTENTS))
    scores[np.arange(number), said] += sharpness
    powers = np.exp(scores)
    return powers / powers.sum(axis=1, keepdims=True), meant


def said(grams: np.ndarray, both: np.ndarray, meant: np.ndarray) -> Said:
    return Said(grams, both, meant, np.array(["en", "fr"] * (len(meant) // 2)))


@pytest.mark.parametrize(("sharpness", "cooler"), [(8.0, False), (1.5, True)], ids=["too sure", "too modest"])
def test_the_temperature_makes_confidence_a_frequency(sharpness: float, cooler: bool) -> None:
    grams, meant = readings(2000, sharpness, 0.8, 1)
    chosen = choose(said(grams, grams, meant))
    assert (chosen.tuning.heat_grams < 1) is cooler
    likely = cascade(said(grams, grams, meant), chosen.tuning)
    assert likely.max(axis=1).mean() == pytest.approx(0.8, abs=0.05)


def test_where_the_embeddings_add_nothing_they_are_not_asked() -> None:
    grams, meant = readings(2000, 3.0, 0.8, 2)
    assert choose(said(grams, grams, meant)).embedded == 0.0


def test_where_they_are_better_about_the_unsure_ones_those_are_asked_about() -> None:
    sure, meant_sure = readings(1000, 6.0, 1.0, 3)
    unsure, meant_unsure = readings(1000, 0.8, 0.4, 4)
    better = np.eye(INTENTS)[meant_unsure] * 0.9 + 0.025
    meant = np.concatenate([meant_sure, meant_unsure])
    both = np.concatenate([sure, better])
    chosen = choose(said(np.concatenate([sure, unsure]), both, meant))
    assert chosen.embedded == pytest.approx(0.5, abs=0.02)


def test_one_language_may_not_pay_for_the_other() -> None:
    grams, meant = readings(2000, 2.0, 0.7, 5)
    both = grams.copy()
    both[1::2] = np.eye(INTENTS)[meant[1::2]] * 0.96 + 0.01
    readings_of_both = said(grams, both, meant)
    tuning = choose(readings_of_both).tuning
    right = cascade(readings_of_both, tuning).argmax(axis=1) == meant
    assert right[1::2].mean() == 1.0


def test_noise_raises_the_threshold() -> None:
    grams, meant = readings(2000, 6.0, 0.95, 6)
    noise, _ = readings(600, 1.2, 0.5, 7)
    calm = choose(said(grams, grams, meant)).threshold
    all_grams = np.concatenate([grams, noise])
    noisy = choose(said(all_grams, all_grams, np.concatenate([meant, np.full(600, -1)]))).threshold
    assert noisy > calm


def test_what_is_chosen_is_written_where_the_pipeline_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (thresholds.ROOT / "config.yml").read_text(encoding="utf-8")
    (tmp_path / "config.yml").write_text(before, encoding="utf-8")
    monkeypatch.setattr(thresholds, "ROOT", tmp_path)
    write(Chosen(Tuning(0.11, 0.22, 0.33), 0.44, 0.5))
    after = (tmp_path / "config.yml").read_text(encoding="utf-8")
    parts = {part["name"]: part for part in YAML(typ="safe").load(after)["pipeline"]}
    assert parts["bot.nlu.intents.IntentClassifier"] == {
        "name": "bot.nlu.intents.IntentClassifier",
        "certain": 0.11,
        "heat_grams": 0.22,
        "heat_both": 0.33,
    }
    assert parts["bot.nlu.unsure.UnsureClassifier"]["threshold"] == 0.44
    assert [line for line in after.splitlines() if line.startswith("#")] == [
        line for line in before.splitlines() if line.startswith("#")
    ]
