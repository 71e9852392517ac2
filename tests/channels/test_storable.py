"""What is stored of what providers send."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.storable import CUT, shortened, storable_id, storable_text
from bot.conversations.intake import SendMessage, check
from bot.conversations.limits import LONGEST_TEXT

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ANYTHING = st.text(st.characters(codec=None))


@given(ANYTHING, ANYTHING)
def test_whatever_comes_can_be_stored(text: str, name: str) -> None:
    check(SendMessage(storable_text(text) or "-", storable_id(name)))


def test_text_loses_nothing_that_can_be_seen() -> None:
    assert storable_text("  Où?\x00\ud800\r\n👩‍✈️\u200b ") == "Où?\n👩‍✈️\u200b"
    assert storable_text("\u200b \x00") == ""


def test_ids_that_cannot_be_stored_stay_apart() -> None:
    assert storable_id("SM1") == "SM1"
    assert len({storable_id("a" * 129), storable_id("a" * 130), storable_id("a\n"), storable_id("a\x00")}) == 4


def test_a_number_at_the_cut_is_masked() -> None:
    kept = shortened("a " * 995 + "4111 1111 1111 1111", NOW)
    assert len(kept) == LONGEST_TEXT
    assert kept.endswith(CUT)
    assert not any(character.isdigit() for character in kept)
