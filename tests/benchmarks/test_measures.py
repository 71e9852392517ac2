"""The arithmetic of the figures, against numbers worked out by hand."""

import pytest

from benchmarks.measures import Guessed, expected_calibration_error, percentiles, scores


def _guess(intent: str, confidence: float = 0.9, *, asked: bool = False, embedded: bool = False) -> Guessed:
    return Guessed(intent, confidence, asked, 2.0, embedded)


def test_calibration_is_perfect_where_sureness_is_frequency() -> None:
    assert expected_calibration_error([0.75] * 4, [True, True, True, False]) == pytest.approx(0.0)


def test_calibration_weighs_the_gap_of_each_bin_by_what_is_in_it() -> None:
    # Bin of 0.9: three messages, one right, gap 0.9 - 1/3; bin of 0.2: one message, wrong, gap 0.2.
    error = expected_calibration_error([0.9, 0.9, 0.9, 0.2], [True, False, False, False])
    assert error == pytest.approx((3 * (0.9 - 1 / 3) + 0.2) / 4)


def test_calibration_takes_the_ends_of_the_scale() -> None:
    assert expected_calibration_error([0.0, 1.0, 1.0000001], [False, True, True]) == pytest.approx(0.0)


def test_bins_apart_do_not_make_up_for_each_other() -> None:
    assert expected_calibration_error([0.95, 0.05], [False, True]) == pytest.approx(0.95)
    assert expected_calibration_error([0.95, 0.05], [False, True], bins=1) == pytest.approx(0.0)


def test_asking_again_is_no_wrong_answer() -> None:
    guesses = [_guess("a"), _guess("b"), _guess("b", asked=True), _guess("a", asked=True)]
    found = scores(guesses, ["a", "a", "a", "a"])
    assert (found.accuracy, found.wrong_answers, found.asked_again) == (0.5, 0.25, 0.5)


def test_out_of_scope_counts_what_was_recognised_and_what_was_not_answered() -> None:
    guesses = [_guess("out_of_scope"), _guess("a", asked=True), _guess("a"), _guess("a")]
    found = scores(guesses, ["out_of_scope", "out_of_scope", "out_of_scope", "a"])
    assert found.out_of_scope_recall == pytest.approx(1 / 3)
    assert found.out_of_scope_not_answered == pytest.approx(2 / 3)


def test_a_set_without_out_of_scope_has_no_recall_of_it() -> None:
    found = scores([_guess("a")], ["a"])
    assert found.out_of_scope_recall is None
    assert found.out_of_scope_not_answered is None


def test_macro_f1_is_over_the_intents_that_were_meant() -> None:
    # "a": precision 1, recall 1/2, F1 2/3; "b": precision and recall 1; "c" was never meant.
    found = scores([_guess("a"), _guess("c"), _guess("b")], ["a", "a", "b"])
    assert found.macro_f1 == pytest.approx((2 / 3 + 1) / 2)


def test_the_share_that_needed_the_embeddings_is_told() -> None:
    assert scores([_guess("a"), _guess("a", embedded=True)], ["a", "a"]).embedded == 0.5


def test_percentiles_are_numbers_for_json() -> None:
    assert percentiles([1, 2, 3]) == (2.0, pytest.approx(2.9))
