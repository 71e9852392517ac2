"""The settings of an account at Twilio."""

from typing import Annotated

import msgspec

SERVICE = "MG"
"""How the id of a messaging service begins, which may stand where a number stands."""

_ID = "[0-9a-fA-F]{32}"
_NUMBER = r"\+[1-9][0-9]{6,14}"
Account = Annotated[str, msgspec.Meta(pattern=f"^AC{_ID}$")]
SmsSender = Annotated[str, msgspec.Meta(pattern=f"^({_NUMBER}|[1-9][0-9]{{2,7}}|MG{_ID})$")]
WhatsAppSender = Annotated[str, msgspec.Meta(pattern=f"^((whatsapp:)?{_NUMBER}|MG{_ID})$")]
Template = Annotated[str, msgspec.Meta(pattern=f"^(HX{_ID})?$")]
Address = Annotated[str, msgspec.Meta(pattern="^https?://[^/?#]+$")]


class TwilioOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What both channels need.

    `twilio_auth_token_old` is the token before, for as long as Twilio may still sign with it after a change.
    """

    twilio_account_sid: Account
    twilio_auth_token: str
    twilio_auth_token_old: str = ""
    twilio_api_url: Address = "https://api.twilio.com"
