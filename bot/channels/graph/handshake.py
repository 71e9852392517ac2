"""How Meta makes sure of an address before it delivers there."""

import hmac
import re

from bot.channels.port import Call, CallAnswer

_CHALLENGE = re.compile(r"[\w.-]{1,200}", re.ASCII)
"""Meta sends a number; nothing that a browser could take for a page is sent back."""


def answer(call: Call, verify_token: str) -> CallAnswer | None:
    """The challenge to whoever knows the verify token, 403 to others; None where the call is no handshake."""
    if call.method != "GET" or "hub.mode" not in call.query:
        return None
    given = call.query.get("hub.verify_token", "").encode("utf-8", "replace")
    challenge = call.query.get("hub.challenge", "")
    knows = hmac.compare_digest(given, verify_token.encode())
    if call.query["hub.mode"] != "subscribe" or not knows or not _CHALLENGE.fullmatch(challenge):
        return CallAnswer(403, "expected hub.mode=subscribe, the token of META_VERIFY_TOKEN and a challenge")
    return CallAnswer(body=challenge)
