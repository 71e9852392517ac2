"""What counts as the same number and date, and that the digests need the key."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.applicants.digests import KINDS, normal_date, normal_number, number_digest, proof_digest

BORN = date(1984, 3, 9)


@given(
    number=st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=20),
    noise=st.lists(st.tuples(st.integers(0, 20), st.sampled_from(" -./_\u00a0\u2011\u200f\t")), max_size=8),
)
def test_spaces_dashes_and_case_do_not_count(number: str, noise: list[tuple[int, str]]) -> None:
    written = list(number.lower())
    for place, sign in noise:
        written.insert(place, sign)
    assert normal_number("".join(written)) == number


@given(st.text())
def test_whatever_is_typed_is_normalised_without_error(text: str) -> None:
    assert normal_number(normal_number(text)) == normal_number(text)
    normal_date(text)


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_date_may_be_written_in_four_ways(day: date) -> None:
    for sign in ("-", "/", ".", ""):
        assert normal_date(day.strftime(f"%Y{sign}%m{sign}%d")) == day


@pytest.mark.parametrize(
    "text", ["09-03-1984", "3/9/1984", "1984-3-9", "1984-13-01", "1983-02-29", "March 9, 1984", ""]
)
def test_no_day_is_guessed(text: str) -> None:
    assert normal_date(text) is None


def test_every_part_makes_another_digest() -> None:
    digests = {
        proof_digest(key, kind, number, born)
        for key in ("a", "b")
        for kind in KINDS
        for number in ("980000001", "980000002")
        for born in (BORN, date(1984, 3, 10), None)
    } | {number_digest("a", "980000001"), number_digest("b", "980000001")}
    assert len(digests) == 2 * 2 * 2 * 3 + 2
