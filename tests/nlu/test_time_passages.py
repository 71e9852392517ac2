"""What Duckling is shown: passages with one weekday, one month and few numbers each."""

import re
import time
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats import Language
from bot.nlu.plain import plain
from bot.nlu.time_passages import MOST_PASSAGES, MOST_TIME_WORDS, passages
from bot.nlu.times import find_times

NOW = datetime.fromisoformat("2026-11-21T12:00")


def shown(text: str) -> list[str]:
    return [text[start:end] for start, end in passages(plain(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Can I do it there?", []),
        ("my flight leaves on Friday at 2 pm", ["flight leaves on Friday at 2 pm"]),
        ("le vendredi 27 novembre 2026 à 14 h 30", ["le vendredi 27 novembre 2026 à 14 h 30"]),
        ("Friday, then Monday", ["Friday,", "then Monday"]),
        ("November 25 to December 1", ["November 25 to", "December 1"]),
        (
            "vendredi, et une réunion au sujet de la fille aînée est lundi",
            ["vendredi, et une réunion", "fille aînée est lundi"],
        ),
        ("deux heures avant", ["deux heures avant"]),
    ],
)
def test_passages(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@given(st.text(max_size=400))
def test_passages_stand_in_order_and_do_not_overlap(text: str) -> None:
    found = passages(plain(text))
    assert len(found) <= MOST_PASSAGES
    assert all(0 <= passage.start < passage.end <= len(text) for passage in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.lists(st.sampled_from("vendredi 14 h le 3 décembre demain soir prochain am noon 2026 1 two".split())))
def test_no_passage_holds_many_time_words(words: list[str]) -> None:
    for passage in shown(" ".join(words)):
        assert len(re.findall(r"\w+", passage)) <= MOST_TIME_WORDS + 8
        assert len(re.findall("vendredi", passage)) <= 1
        assert len(re.findall(r"\d+", passage)) <= 5


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "words",
    [
        "vendredi à 14 h 30 le 3 décembre ",
        "on Friday, November 27, 2026 at 2:00 p.m. ",
        "1 ",
        "demain ",
        "3/4/",
        "December evening morning December Friday ",
        "entre 1 et 2 et 3 h ",
        "6 0 4 5 5 5 0 1 9 9 ",
    ],
)
def test_two_thousand_characters_of_times_are_read_in_a_blink(words: str, language: Language) -> None:
    """Shown whole, each of these takes Duckling more time and memory than a machine has."""
    find_times("Friday", language, NOW)
    began = time.process_time()
    find_times((words * 2000)[:2000], language, NOW)
    assert time.process_time() - began < 0.5
