"""Keyed digests of what proves an applicant.

A PASSID has nine digits and a birth date is one of some forty thousand, so a plain hash of them could be tried through
in minutes. HMAC-SHA256 under the installation's secret key cannot, as long as the key is not stolen with the database.
"""

import hashlib
import hmac
import re
import unicodedata
from datetime import date
from typing import Literal

NumberKind = Literal["passid", "application"]
KINDS: tuple[NumberKind, NumberKind] = ("passid", "application")
PATTERNS: dict[NumberKind, re.Pattern[str]] = {
    "passid": re.compile(r"[0-9]{9}"),
    "application": re.compile(r"[A-Z0-9]{6,20}"),
}
_DATE = re.compile(r"([0-9]{4})[-/. ]?([0-9]{2})[-/. ]?([0-9]{2})")


def normal_number(text: str) -> str:
    """The number as it is compared: letters and digits only, in capitals. Spaces, dashes and case do not count."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())


def normal_date(text: str) -> date | None:
    """The date of "1984-03-09", "1984/03/09" or "19840309"; None for anything else, never a guess of day and month."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip().replace("\u2011", "-"))
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def proof_digest(secret_key: str, kind: NumberKind, number: str, birth_date: date | None) -> str:
    """What the register keeps for a number of a kind together with the birth date. `number` is normalised already.

    Without a birth date it is a digest that nobody in the register has.
    """
    return _keyed(secret_key, f"proof|{kind}|{number}|{birth_date.isoformat() if birth_date else ''}")


def number_digest(secret_key: str, number: str) -> str:
    """What failures are counted under for a number, whoever types it with whatever birth date."""
    return _keyed(secret_key, f"number|{number}")


def content_digest(secret_key: str, content: bytes) -> str:
    """A digest of a whole record, which holds a name and therefore is keyed too."""
    return hmac.digest(secret_key.encode(), b"content|" + content, "sha256").hex()


def token_hash(token: str) -> str:
    """What is kept of a link's token. It is random enough (128 bits) not to need a key."""
    return hashlib.sha256(token.encode()).hexdigest()


def _keyed(secret_key: str, message: str) -> str:
    return hmac.digest(secret_key.encode(), message.encode(), "sha256").hex()
