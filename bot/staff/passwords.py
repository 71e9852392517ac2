"""Passwords: what is kept of them (Argon2id), whether one matches, which are good enough.

Argon2 takes tens of milliseconds and 64 MiB on purpose, so it runs in threads, a few at once.
"""

import asyncio
import secrets
import unicodedata
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
_FEWEST_DIFFERENT = 5
_AT_ONCE = 2
_GROUPS, _GROUP = 5, 4
# Without those that are read as one another.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"

Weakness = Literal["too-short", "too-long", "too-common", "not-new"]


class PasswordError(ValueError):
    """A new password is not good enough; `weakness` says why for programs, the message for people."""

    def __init__(self, weakness: Weakness, message: str) -> None:
        super().__init__(message)
        self.weakness = weakness


def check(password: str, *, email: str, name: str) -> None:
    """Raises PasswordError where a new password is not good enough; length is what counts, not kinds of signs."""
    text = _normal(password)
    if len(text) < SHORTEST:
        raise PasswordError("too-short", f"expected at least {SHORTEST} characters, got {len(text)}")
    if len(text) > LONGEST:
        raise PasswordError("too-long", f"expected at most {LONGEST} characters, got {len(text)}")
    if len(set(text)) < _FEWEST_DIFFERENT:
        raise PasswordError("too-common", f"expected at least {_FEWEST_DIFFERENT} different characters")
    if text.casefold() in (email.casefold(), _normal(name).casefold()):
        raise PasswordError("too-common", "expected something else than your name or e-mail address")


def one_time_password() -> str:
    """A password of 99 random bits that can be read out on the telephone."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))


class Passwords:
    """Hashing and comparing with one set of parameters, by default those argon2-cffi recommends (RFC 9106)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._nobodys: str | None = None

    async def hash(self, password: str) -> str:
        """What is kept of a password: Argon2id with its parameters and a salt of its own."""
        async with self._room:
            return await asyncio.to_thread(self._hasher.hash, _normal(password))

    async def match(self, stored: str | None, password: str) -> bool:
        """Whether the password is the one of `stored`; false, after as long a time, where there is none."""
        if stored is None:
            if self._nobodys is None:
                self._nobodys = await self.hash(secrets.token_hex())
            await self._verify(self._nobodys, password)
            return False
        return await self._verify(stored, password)

    async def _verify(self, stored: str, password: str) -> bool:
        async with self._room:
            try:
                return await asyncio.to_thread(self._hasher.verify, stored, _normal(password)[: LONGEST + 1])
            except (VerificationError, InvalidHashError):
                return False

    def is_outdated(self, stored: str) -> bool:
        """Whether `stored` was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)


def _normal(password: str) -> str:
    # The same keys give different code points on different systems (é as one or two).
    return unicodedata.normalize("NFKC", password)
