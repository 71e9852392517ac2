"""Conversation tokens and states."""

import base64

import pytest

from bot.conversations import states, tokens


def test_a_token_has_at_least_128_random_bits_and_is_never_the_same() -> None:
    made = {tokens.new_token() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(base64.urlsafe_b64decode(token + "==")) * 8 >= 128 for token in made)


def test_any_text_has_a_digest() -> None:
    assert tokens.same(tokens.digest("x"), tokens.digest("x"))
    assert not tokens.same(tokens.digest("x"), tokens.digest("y"))
    assert len(tokens.digest("\ud800" * 100_000)) == 64


def test_states_follow_each_other_or_are_refused() -> None:
    assert states.change("bot", "waiting") == "waiting"
    assert states.change("closed", "bot") == "bot"
    with pytest.raises(states.StateError, match="cannot go from human to waiting"):
        states.change("human", "waiting")
