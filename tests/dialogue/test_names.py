"""What places are called when the guide speaks of them."""

import pytest

from bot.dialogue.names import named
from bot.formats import Language
from bot.policy import load

POLICY = load()


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("YVR", "en", "Vancouver (YVR)"),
        ("YUL", "fr", "Montréal (YUL)"),
        ("YYZ", "en", "Toronto (YYZ)"),
        ("YQB", "en", "Quebec City (YQB)"),
        ("YQB", "fr", "Québec (YQB)"),
        ("EWR", "en", "Newark (EWR)"),
        ("JFK", "en", "New York City (JFK)"),
        ("SEA", "fr", "Seattle (SEA)"),
        ("CDG", "fr", "Paris (CDG)"),
        ("ZZZ", "en", "ZZZ"),
    ],
)
def test_names(code: str, language: Language, name: str) -> None:
    assert named(POLICY, code, language) == name
