"""The format of the written dialogues."""

import re
from pathlib import Path

import pytest

from tests.conversations.player import Player
from tests.conversations.transcript import _NOTES, Step, TranscriptError, read_transcript

HEAD = "Title: A test\nLanguage: en\n\n"


def test_reads_what_is_said_done_and_expected() -> None:
    read = read_transcript(
        HEAD
        + "# a remark\n"
        + "Traveller: Where: here?\n  and there\n"
        + "Guide: A place\n"
        + '[presses "Why?"]\n'
        + "[verdict: yes shared_and_precleared]\n"
        + '[tries number 98 and birth date 3 May 1980: the page says "no"]\n'
    )
    assert (read.title, read.language) == ("A test", "en")
    assert read.steps == (
        Step("traveller", ("Where: here?\nand there",), 5),
        Step("guide", ("A place",), 7),
        Step("presses", ("Why?",), 8),
        Step("verdict", ("yes", "shared_and_precleared"), 9),
        Step("tries", ("98", "3 May 1980", "no"), 10),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + "Guide: a\n[verdct: yes x]\n", "line 5: no such note"),
        (HEAD + "Guide a\n", "line 4: expected Traveller:"),
        ("Language: en\nGuide: a\n", "expected first a Title"),
        ("Title: a\nLanguage: de\nGuide: a\n", "expected first a Title"),
        (HEAD, "nothing is said"),
    ],
)
def test_says_what_is_not_in_the_format(text: str, says: str) -> None:
    with pytest.raises(TranscriptError, match=re.escape(says)):
        read_transcript(text, "a.txt")


def test_every_note_can_be_played() -> None:
    for kind in [*_NOTES, "traveller", "guide"]:
        assert hasattr(Player, f"_do_{kind}") != hasattr(Player, f"_check_{kind}"), kind


def test_every_note_is_explained() -> None:
    readme = Path(__file__).with_name("README.md").read_text(encoding="utf-8")
    explained = [
        form for form in _NOTES.values() if re.search(r"\[" + re.split(r"[(\\\"]", form)[0], readme.replace("\n", " "))
    ]
    assert [form for form in _NOTES.values() if form not in explained] == []
