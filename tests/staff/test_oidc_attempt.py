"""An attempt belongs to one browser, lasts ten minutes and works once."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock
from bot.conversations.limits import LocalLimits
from bot.staff.oidc_attempt import LASTS, Attempts
from bot.staff.oidc_refused import OidcError

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Watch:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def _attempts(key: str, clock: Clock) -> Attempts:
    return Attempts(key * 64, clock, LocalLimits(clock))


async def test_an_attempt_comes_back_as_it_went_and_its_cookie_tells_nothing() -> None:
    attempts = _attempts("k", lambda: NOON)
    attempt = attempts.begin()
    sealed = attempts.seal(attempt)
    assert not any(part in sealed for part in (attempt.state, attempt.nonce, attempt.verifier))
    assert await attempts.open(sealed, attempt.state) == attempt


async def test_an_attempt_works_once() -> None:
    attempts = _attempts("k", lambda: NOON)
    attempt = attempts.begin()
    sealed = attempts.seal(attempt)
    await attempts.open(sealed, attempt.state)
    with pytest.raises(OidcError, match="used before"):
        await attempts.open(sealed, attempt.state)


async def test_an_attempt_lasts_ten_minutes() -> None:
    watch = Watch()
    attempts = _attempts("k", watch)
    attempt = attempts.begin()
    sealed = attempts.seal(attempt)
    watch.now += LASTS + timedelta(seconds=1)
    with pytest.raises(OidcError, match="too old"):
        await attempts.open(sealed, attempt.state)
    watch.now -= timedelta(seconds=1)
    assert await attempts.open(sealed, attempt.state) == attempt


@pytest.mark.parametrize("state", ["", "other", "é\udc80", "x" * 100_000])
async def test_another_state_does_not_open_it(state: str) -> None:
    attempts = _attempts("k", lambda: NOON)
    attempt = attempts.begin()
    with pytest.raises(OidcError) as refused:
        await attempts.open(attempts.seal(attempt), state)
    assert refused.value.reason == "expired"


@pytest.mark.parametrize("sealed", ["", "gAAAA", "é\udc80", "A" * 4000])
async def test_what_is_not_ours_does_not_open(sealed: str) -> None:
    with pytest.raises(OidcError) as refused:
        await _attempts("k", lambda: NOON).open(sealed, "state")
    assert refused.value.reason == "expired"


async def test_another_installations_cookie_does_not_open() -> None:
    ours, theirs = _attempts("k", lambda: NOON), _attempts("j", lambda: NOON)
    attempt = theirs.begin()
    with pytest.raises(OidcError):
        await ours.open(theirs.seal(attempt), attempt.state)
