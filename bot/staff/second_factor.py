"""The second factor: codes of an authenticator (TOTP, RFC 6238), and recovery codes for who has lost it.

Each code counts once. The secret is sealed in the database; of recovery codes only digests are kept, without a key,
since they have 80 random bits.
"""

import base64
import hashlib
import hmac
import io
import secrets
from datetime import datetime
from typing import Literal

import pyotp
import segno
from sqlalchemy import delete, insert, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.upsert import table_of
from bot.staff.models import RecoveryCode, StaffAccount
from bot.staff.seal import Seal

RECOVERY_CODES = 10
STEP_SECONDS = 30
_STEPS_AROUND = (0, -1, 1)
_ISSUER = "NEXUS guide"
_CODE_BYTES = 10
_RECOVERY_LENGTH = 16
_GROUP = 4

Used = Literal["totp", "recovery"]


class SecondFactor:
    """Second factors under one installation's secret key."""

    def __init__(self, secret_key: str) -> None:
        self._seal = Seal(secret_key, "staff totp")

    async def prepare(self, session: AsyncSession, account: StaffAccount) -> str:
        """A new secret, which counts once `confirm` has seen a code of it."""
        secret = pyotp.random_base32()
        await _change(session, account, totp_pending=self._seal.close(secret))
        return secret

    async def confirm(self, session: AsyncSession, account: StaffAccount, code: str, now: datetime) -> list[str] | None:
        """Puts the prepared secret in force; gives new recovery codes, or None where the code is wrong.

        Raises SealError.
        """
        if account.totp_pending is None:
            return None
        step = _step_of(self._seal.open(account.totp_pending), _plain(code), now)
        if step is None:
            return None
        await _change(session, account, totp_secret=account.totp_pending, totp_pending=None, totp_last_step=step)
        return await _new_recovery_codes(session, account.id)

    async def check(self, session: AsyncSession, account: StaffAccount, code: str, now: datetime) -> Used | None:
        """Uses up a code of the authenticator or a recovery code; None where it is wrong or was used. Raises SealError.

        The database decides: of two who show the same code at once, one is refused.
        """
        if account.totp_secret is None:
            return None
        plain = _plain(code)
        if len(plain) == _RECOVERY_LENGTH:
            return "recovery" if await _use_recovery_code(session, account.id, plain) else None
        step = _step_of(self._seal.open(account.totp_secret), plain, now)
        if step is None:
            return None
        unused = or_(StaffAccount.totp_last_step.is_(None), StaffAccount.totp_last_step < step)
        used = update(StaffAccount).where(StaffAccount.id == account.id, unused).values(totp_last_step=step)
        found = await session.execute(used.returning(StaffAccount.id))
        return "totp" if found.first() is not None else None


async def remove(session: AsyncSession, account: StaffAccount) -> None:
    """Takes the second factor away, with its recovery codes."""
    await _change(session, account, totp_secret=None, totp_pending=None, totp_last_step=None)
    await session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == account.id))


def address_of(secret: str, email: str) -> str:
    """The `otpauth:` address an authenticator reads."""
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=email, issuer_name=_ISSUER)


def picture_of(address: str) -> str:
    """The address as a QR code: an SVG file without script or style, to be shown as an image."""
    out = io.BytesIO()
    segno.make(address, micro=False).save(out, kind="svg", scale=4, xmldecl=False, light="#fff")
    return out.getvalue().decode()


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    present = int(now.timestamp()) // STEP_SECONDS
    for around in _STEPS_AROUND:
        if hmac.compare_digest(totp.generate_otp(present + around).encode(), code.encode()):
            return present + around
    return None


async def _new_recovery_codes(session: AsyncSession, account_id: str) -> list[str]:
    await session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == account_id))
    codes = [base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode().lower() for _ in range(RECOVERY_CODES)]
    rows = [{"staff_id": account_id, "digest": _digest(code)} for code in codes]
    await session.execute(insert(table_of(RecoveryCode)), rows)
    return ["-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP)) for code in codes]


async def _use_recovery_code(session: AsyncSession, account_id: str, plain: str) -> bool:
    used = delete(RecoveryCode).where(RecoveryCode.staff_id == account_id, RecoveryCode.digest == _digest(plain))
    return (await session.execute(used.returning(RecoveryCode.digest))).first() is not None


async def _change(session: AsyncSession, account: StaffAccount, **values: object) -> None:
    await session.execute(update(StaffAccount).where(StaffAccount.id == account.id).values(**values))


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()[:100]


def _digest(plain: str) -> str:
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
