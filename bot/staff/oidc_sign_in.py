"""Who of the staff somebody at the provider is, and opening their session.

An account is found by what the provider calls the person (issuer and subject), which never changes. The first time it
is found by the e-mail address instead, if the provider vouches for it; from then on the address plays no part, so who
gets an address later does not get the account. No account is ever made here.
"""

import hmac

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audit.log import note
from bot.clock import Clock
from bot.db.engine import Database
from bot.staff import events
from bot.staff.accounts import actor_of, normal_email
from bot.staff.models import StaffAccount
from bot.staff.oidc_refused import OidcError
from bot.staff.oidc_token import Identity
from bot.staff.sessions import OpenSession, Sessions, end, end_all

_BY = "oidc"
_DIGEST_SHOWN = 16


class OidcSignIn:
    """Sign-in through the provider at one installation."""

    def __init__(self, database: Database, clock: Clock, secret_key: str, sessions: Sessions) -> None:
        self._database = database
        self._clock = clock
        self._key = secret_key
        self._sessions = sessions

    async def open(self, identity: Identity, *, instead_of: OpenSession | None = None) -> str:
        """Opens a session for the account of `identity`, ends the one the browser had; gives the id for the browser.

        Raises:
            OidcError: unverified, unknown, elsewhere, disabled.
        """
        async with self._database.write() as session:
            account = await _account(session, identity)
            if account.disabled_at is not None:
                raise OidcError("disabled", "the account is disabled", actor_of(account).id)
            await self._link(session, account, identity)
            if account.must_change_password:
                # Nobody has used the one-time password and nobody needs it now; left, it would open the account to
                # whoever finds it, and keep this person from working until they changed what they may never have got.
                account.password_hash, account.must_change_password = None, False
                await end_all(session, account.id)
            if instead_of is not None:
                await end(session, instead_of.id)
            # The second factor is not asked for: the provider has just decided that this is them, with whatever
            # factors the organisation wants. Ours is for the password, which is not what was shown here.
            session_id = await self._sessions.open(session, account.id, second_factor_due=False)
            await self._note(session, account, events.SIGNED_IN)
        return session_id

    async def failed(self, error: OidcError, identity: Identity | None) -> None:
        """Audits a refusal; `identity` where the provider had said who it is."""
        whom = error.whom or (f"unknown:{self._digest(identity)}" if identity is not None else "unknown")
        async with self._database.write() as session:
            told = {"by": _BY, "why": error.reason}
            await note(session, events.NOBODY, events.SIGN_IN_FAILED, events.OBJECT, whom, self._clock(), told)

    async def _link(self, session: AsyncSession, account: StaffAccount, identity: Identity) -> None:
        if account.oidc_issuer == identity.issuer:
            return
        account.oidc_issuer, account.oidc_subject = identity.issuer, identity.subject
        await session.flush()
        await self._note(session, account, events.PROVIDER_LINKED)

    async def _note(self, session: AsyncSession, account: StaffAccount, action: str) -> None:
        actor = actor_of(account)
        await note(session, actor, action, events.OBJECT, actor.id, self._clock(), {"by": _BY})

    def _digest(self, identity: Identity) -> str:
        """Tells one stranger from another in the audit, without saying who they are."""
        name = f"oidc|{identity.issuer}|{identity.subject}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._key.encode(), name, "sha256").hex()[:_DIGEST_SHOWN]


async def _account(session: AsyncSession, identity: Identity) -> StaffAccount:
    linked = await _locked(session, _is_linked(identity))
    if linked is not None:
        return linked
    if identity.email is None or not identity.email_verified:
        raise OidcError("unverified", "the provider vouches for no e-mail address")
    account = await _locked(session, StaffAccount.email == _address(identity.email))
    if account is None:
        raise OidcError("unknown", "no account has the e-mail address")
    if account.oidc_issuer == identity.issuer and account.oidc_subject != identity.subject:
        raise OidcError("elsewhere", "the account is another subject's at the provider", actor_of(account).id)
    return account


async def _locked(session: AsyncSession, which: ColumnElement[bool]) -> StaffAccount | None:
    wanted = select(StaffAccount).where(which).with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(wanted)).one_or_none()


def _is_linked(identity: Identity) -> ColumnElement[bool]:
    return and_(StaffAccount.oidc_issuer == identity.issuer, StaffAccount.oidc_subject == identity.subject)


def _address(email: str) -> str:
    # Case-folding makes one address of several that are not the same mailbox ("K", the Kelvin sign, becomes "k").
    return normal_email(email) if email.isascii() else email
