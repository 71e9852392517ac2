"""Why a conversation was handed over, and how a handoff ended."""

from typing import Literal, get_args

Reason = Literal["asked", "cannot_tell", "unsure", "complaint", "identity_locked", "staff"]
"""The traveller asked; the policy cannot tell; not understood twice; a complaint; identity locked; staff stepped in."""

REASONS: tuple[Reason, ...] = get_args(Reason)

Ended = Literal["handed_back", "resolved", "withdrawn"]
"""Staff gave it back to the guide; staff resolved it; the traveller needed nobody any more."""

Rating = Literal["yes", "partly", "no"]
"""The traveller's answer to the one question at the end: whether they got what they needed."""
