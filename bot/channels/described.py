"""What the API's description says of the addresses that providers call."""

from bot.channels.receiving import PATH
from bot.channels.web.openapi import Content, Operation, Parameter, Route
from bot.http.problems import MEDIA_TYPE, Handler, ProblemDetails

PROBLEM = Content(MEDIA_TYPE, ProblemDetails)
_NAME = Parameter("name", "path", "The channel, such as `sms`; docs/channels.md lists them", {"type": "string"}, True)
_ANY = Content("*/*", {})


def routes(receive: Handler) -> tuple[Route, ...]:
    """The addresses of all channels, which `receive` serves."""
    return (
        Route(
            "GET",
            PATH,
            receive,
            Operation(
                "A provider makes sure of the address",
                "As the provider's own reference has it; only some providers do this.",
                responses={200: ("What the provider wants to read", _ANY), 403: ("It has not our token", _ANY)},
                problems=(404,),
                parameters=(_NAME,),
                name="channel_handshake",
            ),
        ),
        Route(
            "POST",
            PATH,
            receive,
            Operation(
                "A provider delivers messages and receipts",
                "In the provider's own form and with its own signature. What was answered 200 is on disk; what is "
                "delivered again is stored once.",
                request=_ANY,
                responses={
                    200: ("Stored; the guide answers in its own time", _ANY),
                    401: ("No good signature; nothing was stored", PROBLEM),
                    404: ("There is no such channel, or it is off", PROBLEM),
                },
                problems=(400, 413, 422),
                parameters=(_NAME,),
                name="channel_call",
            ),
        ),
    )
