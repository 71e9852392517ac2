"""The tables of staff accounts."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, UtcDateTime
from bot.formats import Language
from bot.staff.roles import Role


class StaffAccount(Base):
    """One staff member. Accounts are disabled, never removed: the audit and the record name them.

    `email` is case-folded. `password_hash` is Argon2id's, None for who signs in elsewhere only. `totp_secret` is sealed
    (`bot.staff.seal`); `totp_pending` is one whose first code has not been seen yet. A code of a time step up to
    `totp_last_step` was used or is too old. `oidc_…` name the account at an OpenID Connect provider.
    """

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("email"), UniqueConstraint("oidc_issuer", "oidc_subject"))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(String(20))
    language: Mapped[Language] = mapped_column(String(2))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(Boolean)
    totp_secret: Mapped[str | None] = mapped_column(Text)
    totp_pending: Mapped[str | None] = mapped_column(Text)
    totp_last_step: Mapped[int | None] = mapped_column(Integer)
    oidc_issuer: Mapped[str | None] = mapped_column(String(255))
    oidc_subject: Mapped[str | None] = mapped_column(String(255))


class RecoveryCode(Base):
    """A code that stands in for the second factor, once; only its digest is kept, until it is used."""

    __tablename__ = "staff_recovery_codes"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)


class StaffSession(Base):
    """Somebody signed in with one browser; `id` is the digest of what the browser holds.

    `second_factor_due` is true from the right password until the right code. `last_seen_at` is exact to a minute.
    """

    __tablename__ = "staff_sessions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    second_factor_due: Mapped[bool] = mapped_column(Boolean)


class SignInFailures(Base):
    """How often signing in failed for a subject (a digest; see `bot.staff.throttle`), and until when it must wait."""

    __tablename__ = "staff_sign_in_failures"

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    wait_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
