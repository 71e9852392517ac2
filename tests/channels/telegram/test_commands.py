"""Commands are the words that all channels obey."""

import pytest

from bot.channels.telegram.commands import words
from bot.formats import Language


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("/stop", "fr", "ARRÊT"),
        ("/stop", None, "STOP"),
        ("/aide", "en", "AIDE"),
        ("/HELP@nexus_bot", "en", "HELP"),
        ("/start ad-17", "fr", "DÉBUT"),
        ("/nothing", "en", "/nothing"),
        ("and/or", "en", "and/or"),
    ],
)
def test_commands(text: str, language: Language | None, said: str) -> None:
    assert words(text, language) == said
