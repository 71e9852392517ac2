"""What the API's description says of the webhook: what an integrator calls, and how it is called."""

from collections.abc import Mapping

from bot.channels.described import PROBLEM
from bot.channels.web.openapi import Content, Operation, Parameter, Route
from bot.channels.webhook import signature
from bot.channels.webhook.incoming import Incoming
from bot.channels.webhook.outgoing import Check, OutgoingMessage, Refused, Taken
from bot.http.problems import Handler

_TEXT = {"type": "string"}
_SIGNED = (
    Parameter(signature.ID, "header", "The call's name: 1 to 128 characters without a full stop", _TEXT, True),
    Parameter(signature.TIMESTAMP, "header", "Unix seconds, at most five minutes off", {"type": "integer"}, True),
    Parameter(
        signature.SIGNATURE,
        "header",
        "`v1,` and the base64 of the HMAC-SHA256 of `{id}.{timestamp}.{body}` under the secret's bytes, as Standard "
        "Webhooks has it; one or several, with spaces between",
        _TEXT,
        True,
    ),
)
_KEY = Parameter("Idempotency-Key", "header", "The message's `key` again", _TEXT, True)


def route(receive: Handler) -> Route:
    """The address of the webhook; the route of all channels serves it."""
    return Route(
        "POST",
        "/channels/webhook",
        receive,
        Operation(
            "An integrator delivers a message or a receipt",
            "Signed as Standard Webhooks are (docs/channels.md has an example). What was answered 200 is on disk; the "
            "same `id` of the same `sender` again is stored once. The guide's answer comes as a call to WEBHOOK_URL "
            "(`webhooks` in this description). While the channel is off: 404.",
            request=Content("application/json", Incoming),
            responses={
                200: ("Stored", Content("application/json", {"type": "object"})),
                401: ("No good signature, or one too old; nothing was stored", PROBLEM),
                404: ("The channel is off", PROBLEM),
                422: ("It cannot be read; the detail says what was expected", PROBLEM),
            },
            problems=(400, 413),
            parameters=_SIGNED,
            name="webhook_call",
        ),
    )


_TAKEN = ("Taken; with your `id` for it, where your receipts name it by that", Content("application/json", Taken))
_REFUSED = Content("application/json", Refused)
OUR_CALLS: Mapping[str, Operation] = {
    "message": Operation(
        "The guide, or a person, says something to a traveller",
        "Posted to WEBHOOK_URL. Messages of one traveller come in order, each after the one before was answered. What "
        "has no clear answer is sent again under the same `key`: show it once.",
        request=Content("application/json", OutgoingMessage),
        responses={
            200: _TAKEN,
            409: ("Taken before, under this key", Content("application/json", Taken)),
            403: ("It will never arrive, for this reason; without one: the signature is wrong", _REFUSED),
            410: ("There is nobody of this name, unless `failure` says otherwise", _REFUSED),
            422: ("The message is wrong, unless `failure` says otherwise; 400 means the same", _REFUSED),
            429: ("Later, after `Retry-After`: seconds or a date", None),
            503: ("Nothing is taken now; it is sent again, after `Retry-After` where there is one", None),
        },
        parameters=(*_SIGNED, _KEY),
        name="webhook_message",
    ),
    "check": Operation(
        "The operator makes sure of address and secret",
        "Posted to WEBHOOK_URL by `nexus-guide channels check`; show nothing.",
        request=Content("application/json", Check),
        responses={200: ("The signature is good", None), 401: ("The signature is wrong", None)},
        parameters=(*_SIGNED, _KEY),
        name="webhook_check",
    ),
}
