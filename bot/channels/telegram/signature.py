"""Whether a call comes from Telegram."""

import hmac
from collections.abc import Mapping

HEADER = "X-Telegram-Bot-Api-Secret-Token"


def is_genuine(secret: str, headers: Mapping[str, str]) -> bool:
    """Whether the call carries the token that was given to `setWebhook`; a wrong one takes as long as the right one.

    Telegram signs neither body nor time. So a call could be played again by who has seen the token; what it says is
    then known already by its message id.
    """
    return hmac.compare_digest(headers.get(HEADER, "").encode("utf-8", "surrogateescape"), secret.encode())
