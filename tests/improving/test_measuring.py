"""Figures of an evaluation."""

import pytest

from bot.improving import measuring
from tests.improving.made_up import ORDER, READS, read


def test_shares() -> None:
    found = measuring.shares(READS)
    assert (found.sentences, found.right, found.asked_again) == (8, 5 / 8, 1 / 8)
    assert found.wrongly_answered == 2 / 8


def test_an_answer_that_was_asked_again_about_is_not_wrong() -> None:
    asked = read("eh", "en", "ask_why", "ask_card", 0.2, asked_again=True)
    right = read("eh why", "en", "ask_why", "ask_why", 0.2, asked_again=True)
    found = measuring.shares([asked, right])
    assert (found.right, found.asked_again, found.wrongly_answered) == (0.5, 1.0, 0.0)


def test_languages_in_the_order_in_which_they_occur() -> None:
    parts = measuring.by_language(READS)
    assert [(name, len(part)) for name, part in parts.items()] == [("en", 4), ("fr", 4)]


def test_scores_worst_first() -> None:
    worst, second, best = measuring.scores(READS)
    assert (worst.intent, worst.precision, worst.recall, worst.f1) == ("ask_fees", 1.0, 0.25, 0.4)
    assert (worst.sentences, worst.asked_again) == (4, 1)
    assert (second.intent, second.precision, second.recall) == ("ask_card", pytest.approx(1 / 3), 1.0)
    assert (best.intent, best.f1) == ("greet", 1.0)


def test_confusions_most_frequent_first_with_the_surest_sentence_before_the_others() -> None:
    first, second = measuring.confusions(READS)
    assert (first.intent, first.read_as) == ("ask_fees", "ask_card")
    assert [sentence.reading.confidence for sentence in first.sentences] == [0.75, 0.55]
    assert (second.intent, second.read_as, len(second.sentences)) == ("ask_fees", "ask_why", 1)


def test_the_matrix_keeps_the_order_given_and_adds_what_is_missing_there() -> None:
    found = measuring.matrix(READS, ORDER[:2])
    assert found.labels == ("greet", "ask_fees", "ask_card", "ask_why")
    assert found.rows == ((3, 0, 0, 0), (0, 1, 2, 1), (0, 0, 1, 0), (0, 0, 0, 0))


def test_an_intent_that_occurs_nowhere_has_no_row() -> None:
    assert "ask_why" not in measuring.matrix(READS[:2], ORDER).labels


def test_calibration() -> None:
    # Nine of ten rightly at 90 %: to be believed. None of two rightly at 60 %: not at all.
    sure = [read(str(n), "en", "a", "a" if n else "b", 0.9) for n in range(10)]
    vain = [read(str(n), "en", "a", "b", 0.6) for n in range(2)]
    assert measuring.calibration(sure).error == pytest.approx(0.0)
    found = measuring.calibration(sure + vain)
    assert found.bins == (pytest.approx((0.6, 0.0, 2)), pytest.approx((0.9, 0.9, 10)))
    assert found.error == pytest.approx(0.6 * 2 / 12)


@pytest.mark.parametrize("confidence", [0.0, 1.0, 1.0000001])
@pytest.mark.parametrize("read_as", ["a", "b"])
def test_calibration_at_the_ends(confidence: float, read_as: str) -> None:
    found = measuring.calibration([read("x", "en", "a", read_as, confidence)])
    assert found.error == pytest.approx(abs(min(confidence, 1.0) - (read_as == "a")))
