"""Who makes a request at the desk."""

from dataclasses import dataclass

from bot.audit.actor import Actor
from bot.formats import Language
from bot.staff.accounts import actor_of
from bot.staff.roles import Role, is_at_least
from bot.staff.sessions import OpenSession


@dataclass(frozen=True)
class SignedIn:
    """A staff member who is signed in, with both factors where there are two.

    `actor.id` is the staff member's id in the record, the audit and the API; `account_id` the one in the table of
    accounts. `session_id` is the session's digest, for `Sessions.with_digest`.
    """

    actor: Actor
    role: Role
    session_id: str
    language: Language
    account_id: str

    def may(self, needed: Role) -> bool:
        """Whether they may do what `needed` may."""
        return is_at_least(self.role, needed)


def signed_in_with(session: OpenSession) -> SignedIn:
    """Who is signed in with `session`; the second factor is not looked at here."""
    account = session.account
    return SignedIn(actor_of(account), account.role, session.id, account.language, account.id)
