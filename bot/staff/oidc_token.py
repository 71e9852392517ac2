"""The ID token: whether the provider really said, to us and just now, who this is (OpenID Connect Core, 3.1.3.7)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import msgspec
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import ECKey, Key, KeySet, RSAKey

from bot.staff.oidc_refused import OidcError

ALGORITHMS = ("RS256", "ES256", "PS256")
"""Public-key signatures only: `none` proves nothing, and HS256 would take the published key for a shared secret."""

LEEWAY = timedelta(seconds=60)
"""By how much the provider's clock may differ from ours."""

_SMALLEST_RSA = 2048
_LONGEST_SUBJECT = 255  # the standard's own limit


class UnknownKeyError(Exception):
    """The token is signed with a key the set does not hold; the provider may have changed its keys since."""


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who somebody is at the provider. `subject` never changes there; `email` may, and may not be theirs."""

    issuer: str
    subject: str
    email: str | None
    email_verified: bool


def read_keys(published: Any) -> KeySet:
    """The usable keys of a published set; others in it are for other purposes and are passed over.

    Raises:
        OidcError: provider; the set holds none.
    """
    entries = published.get("keys") if isinstance(published, dict) else None
    found: list[Key] = [key for entry in entries if (key := _key(entry))] if isinstance(entries, list) else []
    if not found:
        raise OidcError("provider", "its key set holds no RSA key of 2,048 bits or EC key for signatures")
    return KeySet(found)


def _key(entry: Any) -> RSAKey | ECKey | None:
    if not isinstance(entry, dict) or entry.get("use", "sig") != "sig":
        return None
    try:
        if entry.get("kty") == "RSA":
            key = RSAKey.import_key(entry)
            return key if key.public_key.key_size >= _SMALLEST_RSA else None
        return ECKey.import_key(entry) if entry.get("kty") == "EC" else None
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def read_id_token(
    token: str, keys: KeySet, algorithms: Collection[str], *, issuer: str, client_id: str, nonce: str, now: datetime
) -> Identity:
    """Who the token names, after every check.

    Raises:
        UnknownKeyError: no key of the set fits.
        OidcError: token; any other check failed.
    """
    try:
        decoded = jwt.decode(token, keys, algorithms=[name for name in algorithms if name in ALGORITHMS])
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client_id}},
            {"nonce": nonce, "client_id": client_id},
        )
        claims.validate(now=int(now.timestamp()), leeway=int(LEEWAY.total_seconds()))
    except (InvalidKeyIdError, BadSignatureError) as error:
        raise UnknownKeyError(str(error)) from error
    except (JoseError, ValueError, TypeError) as error:
        raise OidcError("token", f"the ID token does not hold: {error}") from error
    subject = decoded.claims["sub"]
    if not (0 < len(subject) <= _LONGEST_SUBJECT and subject.isascii() and subject.isprintable()):
        raise OidcError("token", f"expected 1 to {_LONGEST_SUBJECT} ASCII characters in the ID token's sub")
    return identity_of(decoded.claims, issuer, subject)


def identity_of(claims: dict[str, Any], issuer: str, subject: str) -> Identity:
    """The identity with the address the claims tell; only JSON's `true` says that it is verified."""
    email = claims.get("email")
    return Identity(
        issuer=issuer,
        subject=subject,
        email=email if isinstance(email, str) and email.isprintable() else None,
        email_verified=claims.get("email_verified") is True,
    )
