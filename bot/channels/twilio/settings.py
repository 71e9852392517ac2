"""The settings of an account at Twilio."""

from typing import Annotated

import msgspec

SERVICE = "MG"
"""How the id of a messaging service begins, which may stand where a number stands."""

_ID = "[0-9a-fA-F]{32}"
_NUMBER = r"\+[1-9][0-9]{6,14}"


def _like(pattern: str, meant: str) -> msgspec.Meta:
    return msgspec.Meta(pattern=f"^({pattern})$", description=meant)


_A_NUMBER = "a number with its country, such as +16135550100"
_A_SERVICE = "the id of a messaging service, MG and 32 hexadecimal digits"
Account = Annotated[str, _like(f"AC{_ID}", "AC and 32 hexadecimal digits")]
SmsSender = Annotated[str, _like(f"{_NUMBER}|[1-9][0-9]{{2,7}}|MG{_ID}", f"{_A_NUMBER}, a short code, or {_A_SERVICE}")]
WhatsAppSender = Annotated[str, _like(rf"(whatsapp:)?{_NUMBER}|MG{_ID}", f"{_A_NUMBER}, or {_A_SERVICE}")]
Template = Annotated[str, _like(f"(HX{_ID})?", "the id of a content template, HX and 32 hexadecimal digits")]
Address = Annotated[str, _like("https?://[^/?#]+", "an address without a path, such as https://api.twilio.com")]


class TwilioOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What both channels need.

    `twilio_auth_token_old` is the token before, for as long as Twilio may still sign with it after a change.
    """

    twilio_account_sid: Account
    twilio_auth_token: str
    twilio_auth_token_old: str = ""
    twilio_api_url: Address = "https://api.twilio.com"
