"""The trained model on sentences that were written by others and never trained on: what must not get worse.

The figures themselves are printed by `make bench`; the floors here are two points below what it printed.
"""

from typing import NamedTuple

import pytest

from benchmarks.data import noise, sentences
from benchmarks.measures import expected_calibration_error
from bot.dialogue.assistant import Assistant
from bot.nlu.unsure import FALLBACK

ACCURACY = {"en": 0.86, "fr": 0.83}
WRONG = {"en": 0.09, "fr": 0.10}
CALIBRATION = 0.05


class Reading(NamedTuple):
    """What a sentence was taken for, how likely that seemed, and whether the guide would ask again."""

    right: bool
    confidence: float
    asked: bool


@pytest.fixture(scope="module", params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def readings(assistant: Assistant, language: str) -> list[Reading]:
    found = []
    for text, intent in zip(*sentences(f"tests/nlu/heldout_{language}.yml"), strict=True):
        understood = assistant.pipeline.understand(text, {"language": language})
        ranking = [reading for reading in understood["intent_ranking"] if reading["name"] != FALLBACK]
        asked = understood["intent"]["name"] == FALLBACK
        found.append(Reading(ranking[0]["name"] == intent, ranking[0]["confidence"], asked))
    return found


def test_most_sentences_are_understood(readings: list[Reading], language: str) -> None:
    assert sum(reading.right for reading in readings) / len(readings) >= ACCURACY[language]


def test_few_are_answered_wrongly(readings: list[Reading], language: str) -> None:
    wrong = [reading for reading in readings if not reading.asked and not reading.right]
    assert len(wrong) / len(readings) <= WRONG[language]


def test_a_confidence_is_a_frequency(readings: list[Reading]) -> None:
    confidences, right = [r.confidence for r in readings], [r.right for r in readings]
    assert expected_calibration_error(confidences, right) <= CALIBRATION


def test_noise_is_asked_about_far_more_often_than_sentences(
    assistant: Assistant, readings: list[Reading], language: str
) -> None:
    mashed = noise("tests/nlu/noise.yml", language)
    asked = [
        assistant.pipeline.understand(text, {"language": language})["intent"]["name"] == FALLBACK for text in mashed
    ]
    assert sum(asked) / len(asked) > 3 * sum(reading.asked for reading in readings) / len(readings)
