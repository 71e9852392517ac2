import pytest

from bot.staff.seal import Seal, SealError


def test_what_is_sealed_is_unreadable_without_the_key_and_the_purpose() -> None:
    sealed = Seal("a key", "staff totp").close("JBSWY3DPEHPK3PXP")
    assert "JBSW" not in sealed
    assert Seal("a key", "staff totp").open(sealed) == "JBSWY3DPEHPK3PXP"
    for other in (Seal("another key", "staff totp"), Seal("a key", "something else")):
        with pytest.raises(SealError, match="SECRET_KEY has changed"):
            other.open(sealed)
