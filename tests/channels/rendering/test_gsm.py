"""What texts cost, by 3GPP TS 23.038 and 23.040."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.rendering.gsm import BASIC, EXTENSION, is_gsm, segments, units


def test_the_alphabet_has_its_127_characters_and_ten_more() -> None:
    assert (len(BASIC), len(EXTENSION), BASIC & EXTENSION) == (127, 10, frozenset())


def test_of_the_letters_of_french_the_alphabet_has_six() -> None:
    assert {each for each in "àâäæçéèêëîïôöœùûüÿ" if is_gsm(each)} == set("àäæéèöùü")
    assert {each for each in "ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ" if is_gsm(each)} == set("ÄÆÇÉÖÜ")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 459, 3),
        ("a" * 460, 4),
        ("é" * 160, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        # The two septets of a character stand in one segment: 76 of them in one of 153.
        ("€" * 152, 2),
        ("€" * 153, 3),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("ê" * 70, 1),
        ("ê" * 71, 2),
        ("ê" * 134, 2),
        ("ê" * 135, 3),
        ("😀" * 35, 1),
        # Neither half of a surrogate pair goes without the other: 33 of them in one segment of 67.
        ("😀" * 66, 2),
        ("😀" * 67, 3),
    ],
    ids=lambda each: f"{each[:1]}{len(each)}" if isinstance(each, str) else "",
)
def test_segments(text: str, count: int) -> None:
    assert segments(text) == count


def test_units() -> None:
    assert (units("a€"), units("ê€"), units("😀")) == (3, 2, 2)


@given(st.text(st.sampled_from("aé€[😀"), max_size=500))
def test_segments_are_those_that_are_filled_one_after_the_other(text: str) -> None:
    wide = "😀" in text
    one, each = (70, 67) if wide else (160, 153)
    costs = [2 if character == "😀" or (not wide and character in "€[") else 1 for character in text]
    count, room = 1, each
    for cost in costs:
        if cost > room:
            count, room = count + 1, each
        room -= cost
    assert units(text) == sum(costs)
    assert segments(text) == (0 if not text else 1 if sum(costs) <= one else count)
