"""Why a sign-in through the staff's own provider did not work."""

from typing import Literal

Reason = Literal[
    "declined",  # the person, or the provider for them, said no
    "expired",  # not begun in this browser, begun too long ago, or used before
    "unreachable",  # the provider did not answer in time
    "provider",  # the provider answered something that cannot be used
    "token",  # the provider's statement about who this is does not hold
    "unverified",  # the provider does not vouch for the e-mail address
    "unknown",  # nobody here has that address
    "elsewhere",  # the account here belongs to somebody else at the provider
    "disabled",  # the account here is disabled
    "too-many",  # tried too often from this address
]


class OidcError(Exception):
    """A sign-in is refused. `reason` goes to the page, the rest of the message to the log.

    The message holds no code, token or secret. `whom` is the actor's id of the account it is about, if one was found.
    """

    def __init__(self, reason: Reason, detail: str, whom: str | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason: Reason = reason
        self.whom = whom
