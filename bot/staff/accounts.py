"""Staff members as the rest of the guide knows them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audit.actor import Actor
from bot.staff.models import StaffAccount

_PREFIX = "staff:"


def actor_of(account: StaffAccount) -> Actor:
    """The staff member as who does something; the actor's id is also the staff member's id in the desk's API."""
    return Actor(f"{_PREFIX}{account.id}", account.name)


async def active_account(session: AsyncSession, actor_id: str) -> StaffAccount | None:
    """The account of an actor's id; None where there is none or it is disabled."""
    if not actor_id.startswith(_PREFIX):
        return None
    wanted = select(StaffAccount).where(
        StaffAccount.id == actor_id.removeprefix(_PREFIX), StaffAccount.disabled_at.is_(None)
    )
    return (await session.scalars(wanted)).one_or_none()


async def active_accounts(session: AsyncSession) -> Sequence[StaffAccount]:
    """Everybody who may sign in, by name."""
    wanted = select(StaffAccount).where(StaffAccount.disabled_at.is_(None))
    return (await session.scalars(wanted.order_by(StaffAccount.name, StaffAccount.id))).all()


def normal_email(text: str) -> str:
    """The e-mail address as it is compared: without spaces around it, case-folded."""
    return text.strip().casefold()
