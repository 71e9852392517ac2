"""What the two channels over Twilio have in common."""

from collections.abc import Sequence

from bot.channels.kind import Parts
from bot.channels.port import Call, CallAnswer, Came
from bot.channels.rendering.compose import compose
from bot.channels.rendering.form import Form
from bot.channels.twilio import incoming
from bot.channels.twilio.client import Wire, connect
from bot.channels.twilio.outgoing import Outgoing
from bot.channels.twilio.settings import TwilioOptions
from bot.channels.twilio.signature import is_signed
from bot.conversations.outbox.port import Page
from bot.conversations.transcript import ShownMessage
from bot.formats import Language

_NO_REPLY = CallAnswer(200, '<?xml version="1.0" encoding="UTF-8"?><Response/>', "text/xml")


class TwilioChannel:
    """A channel over Twilio; `prefix` is how the addresses of the channel begin, `sender` who we are there."""

    name: str
    form: Form
    prefix: str

    def __init__(self, sender: str, options: TwilioOptions, parts: Parts) -> None:
        self._account = options.twilio_account_sid
        self._tokens = (options.twilio_auth_token, options.twilio_auth_token_old)
        self._catalogue = parts.catalogue
        self._sender = sender
        self._url = f"{parts.settings.public_url}/channels/{self.name}"
        self._wire = Wire()
        self._client = connect(options, self._wire)
        self._outgoing = Outgoing(self._client, sender, self._url)

    def compose(self, messages: Sequence[ShownMessage], language: Language) -> Sequence[Page]:
        """The pages; buttons are numbered choices, for which nothing has to be approved beforehand."""
        return compose(messages, language, self.form, self._catalogue)

    def handshake(self, call: Call) -> CallAnswer | None:
        """None: Twilio makes sure of no address."""
        return None

    def is_genuine(self, call: Call) -> bool:
        """Whether Twilio signed the call with the account's token, or the one before."""
        return is_signed(call, self._tokens)

    def read(self, call: Call) -> Sequence[Came]:
        """A message, a receipt, or nothing. Raises CallError."""
        return incoming.read(call, self._account, self.prefix)

    def acknowledgement(self) -> CallAnswer:
        """TwiML that says nothing: replies go through the outbox."""
        return _NO_REPLY

    async def close(self) -> None:
        """Closes its connections."""
        await self._wire.close()
