"""The published policy: dated facts with sources, read from `policy/*.yml` and checked before anything uses them.

`load` gives the engine its policy; `load_all` gives everything the dialogue needs besides, in one reading. Both read
files on every call: a caller keeps what it got.
"""

from bot.policy.everything import Everything, load, load_all
from bot.policy.faults import PolicyError

__all__ = ["Everything", "PolicyError", "load", "load_all"]
