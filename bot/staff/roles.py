"""What a staff member may do, from least to most; each role may do all that those before it may."""

from typing import Literal, get_args

Role = Literal["agent", "supervisor", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)


def is_at_least(role: Role, needed: Role) -> bool:
    """Whether `role` may do what `needed` may."""
    return ROLES.index(role) >= ROLES.index(needed)
