"""Only who knows the secret token is believed to be Telegram."""

import pytest

from bot.channels.telegram.signature import HEADER, is_genuine


def test_the_right_token_is_genuine() -> None:
    assert is_genuine("a_secret-1", {HEADER: "a_secret-1"})


@pytest.mark.parametrize("given", ["", "a_secret-", "a_secret-12", "A_SECRET-1", "\udcff"])
def test_any_other_token_is_not(given: str) -> None:
    assert not is_genuine("a_secret-1", {HEADER: given})
    assert not is_genuine("a_secret-1", {})
