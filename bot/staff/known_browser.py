"""Telling a browser that a staff member has signed in with before, so that strangers' failures do not slow them down.

It is a ticket the browser keeps: when it was given, a random number, and a code over both and the account. It opens
nothing: with it, failures are counted under the ticket instead of under the account and the address.
"""

import hmac
import secrets
from datetime import UTC, datetime, timedelta

LASTS = timedelta(days=90)
_LONGEST = 200
_PARTS = 3


def ticket(secret_key: str, account_id: str, now: datetime) -> str:
    """A ticket for the browser that `account_id` has just signed in with."""
    given = f"{int(now.timestamp())}.{secrets.token_hex(8)}"
    return f"{given}.{_code(secret_key, account_id, given)}"


def is_known(secret_key: str, account_id: str, shown: str | None, now: datetime) -> bool:
    """Whether `shown` is a ticket that was given to this account and still holds."""
    if shown is None or len(shown) > _LONGEST or not shown.isascii() or shown.count(".") != _PARTS - 1:
        return False
    given, _, code = shown.rpartition(".")
    if not hmac.compare_digest(code, _code(secret_key, account_id, given)):
        return False
    at = datetime.fromtimestamp(int(given.partition(".")[0]), UTC)
    return now - at < LASTS


def _code(secret_key: str, account_id: str, given: str) -> str:
    return hmac.digest(secret_key.encode(), f"known browser|{account_id}|{given}".encode(), "sha256").hex()
