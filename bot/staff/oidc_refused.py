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
    """A sign-in is refused. `reason` goes to the page; `detail` is for the log and holds no code, token or secret."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason: Reason = reason
        self.detail = detail
