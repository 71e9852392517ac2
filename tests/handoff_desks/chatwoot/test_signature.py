"""The signature of webhooks, against a value computed by another program (openssl dgst -sha256 -hmac)."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.handoff_desks.chatwoot.signature import TOLERANCE_SECONDS, is_genuine

SECRET, BODY = "Zm9yLXRlc3Rz", b'{"event":"message_created"}'
TIMESTAMP = "1795280400"
SIGNATURE = "sha256=77f5bd74bb844fad45c7ff44d3251ebba99b8c5a139d112a2bbda107e34ba0f6"
THEN = datetime.fromtimestamp(int(TIMESTAMP), UTC)


def test_the_signature_is_over_time_stamp_and_body() -> None:
    assert is_genuine([SECRET], TIMESTAMP, SIGNATURE, BODY, THEN)
    assert is_genuine(["another", SECRET], TIMESTAMP, SIGNATURE, BODY, THEN)
    assert not is_genuine(["another"], TIMESTAMP, SIGNATURE, BODY, THEN)
    assert not is_genuine([], TIMESTAMP, SIGNATURE, BODY, THEN)


@pytest.mark.parametrize(("seconds", "is_good"), [(0, True), (TOLERANCE_SECONDS, True), (TOLERANCE_SECONDS + 1, False)])
@pytest.mark.parametrize("way", [1, -1])
def test_it_is_good_for_five_minutes_either_way(seconds: int, is_good: bool, way: int) -> None:
    now = THEN + timedelta(seconds=seconds * way)
    assert is_genuine([SECRET], TIMESTAMP, SIGNATURE, BODY, now) is is_good


@pytest.mark.parametrize("timestamp", ["", "-1", "1e9", "²", "1" * 400, f" {TIMESTAMP}"])
@pytest.mark.parametrize("signature", [SIGNATURE, "", "é", "\udcff"])
def test_what_is_no_time_stamp_or_signature_is_refused(timestamp: str, signature: str) -> None:
    assert not is_genuine([SECRET], timestamp, signature, BODY, THEN)
    assert signature == SIGNATURE or not is_genuine([SECRET], TIMESTAMP, signature, BODY, THEN)
