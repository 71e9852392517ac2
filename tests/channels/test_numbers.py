"""Numbers as answers."""

import pytest

from bot.channels.numbers import number


@pytest.mark.parametrize(
    "said", ["2", " 2. ", "2)", "(2)", "#2", "No. 2", "no 2", "deux", "TWO", "2️⃣", "２", "option 2", "le 2"]
)
def test_two_is_two_however_it_is_written(said: str) -> None:
    assert number(said) == 2


@pytest.mark.parametrize(
    "said", ["", "two flights", "2 pm", "14 h", "2026", "AC 2", "+1", "deuxx", "²³⁴", "١", "no one", "noone"]
)
def test_what_is_more_than_a_number_is_none(said: str) -> None:
    assert number(said) is None
