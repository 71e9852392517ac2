"""Addresses in the database tell nothing to whoever has only the database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.sealing import Seal, SealError

SEAL = Seal("k" * 64)


@given(st.text())
def test_what_was_sealed_is_opened(text: str) -> None:
    assert SEAL.open(SEAL.close(text)) == text


def test_a_sealed_number_does_not_show_and_is_never_sealed_alike() -> None:
    first, second = SEAL.close("+14165550123"), SEAL.close("+14165550123")
    assert first != second
    assert "4165550123" not in first


def test_another_key_opens_nothing() -> None:
    with pytest.raises(SealError, match="SECRET_KEY"):
        Seal("another").open(SEAL.close("+14165550123"))


def test_a_digest_is_of_its_key_and_its_parts() -> None:
    assert SEAL.digest("sms", "+1") == SEAL.digest("sms", "+1")
    assert SEAL.digest("sms", "+1") != SEAL.digest("sms+", "1")
    assert SEAL.digest("sms", "+1") != Seal("another").digest("sms", "+1")
