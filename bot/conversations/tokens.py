"""The token that opens one conversation and nothing else.

It is shown once, when the conversation starts. Only its digest is kept; a plain hash is enough because the token is
random and too long to be guessed.
"""

import hashlib
import hmac
import secrets

TOKEN_BYTES = 24
_LONGEST = 128


def new_token() -> str:
    """A token of 192 random bits that can stand in a header as it is."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is kept of a token. Overlong input is cut, so that nobody can make the server hash megabytes."""
    return hashlib.sha256(token[:_LONGEST].encode("utf-8", "surrogatepass")).hexdigest()


def same(left: str, right: str) -> bool:
    """Whether two digests are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(left, right)
