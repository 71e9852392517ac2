"""The plain form: without case and accents, character for character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.plain import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Montréal", "montreal"),
        ("À QUELLE HEURE", "a quelle heure"),
        ("l’entrevue", "l'entrevue"),
        ("YVR–SEA", "yvr-sea"),
        ("14\u202fh\u00a030", "14 h 30"),
        ("cœur", "cour"),
        ("İstanbul", "istanbul"),
        ("straße", "straße"),
        ("\u200fPearson\u200f\n", " pearson  "),
        ("", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text())
def test_every_character_becomes_exactly_one(text: str) -> None:
    assert len(plain(text)) == len(text)
