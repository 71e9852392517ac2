"""SMS, put together."""

from collections.abc import Sequence

from bot.channels.kind import Kind, Parts
from bot.channels.port import Channel, Finding
from bot.channels.rendering.form import Form
from bot.channels.sms.settings import Options
from bot.channels.twilio import findings
from bot.channels.twilio.base import TwilioChannel
from bot.channels.twilio.outgoing import same_text
from bot.conversations.outbox.port import Letter, Sent

FORM = Form(longest=1600, segments=3, together=True)
"""1,600 characters is all Twilio takes; three segments are fewer."""


class Sms(TwilioChannel):
    """Text messages."""

    name = "sms"
    form = FORM
    prefix = "+"

    async def send(self, letter: Letter) -> Sent:
        """Sends one text as it is: the segments were counted of this spelling. Raises SendError."""
        return await self._outgoing.send(letter, body=letter.part.text, smart_encoded=False)

    async def find(self, letter: Letter) -> Sent | None:
        """Looks the text up among those sent. Raises NotSentError."""
        return await self._outgoing.find(letter, same_text(letter.part.text))

    async def check(self) -> Sequence[Finding]:
        """The account, the number or service, and whom it calls."""
        return await findings.check(
            self._client,
            self._account,
            lambda: findings.number(self._client, self._sender, "TWILIO_SMS_FROM", self._url),
        )


def _build(options: Options, parts: Parts) -> Channel:
    return Sms(options.twilio_sms_from, options, parts)


KIND = Kind("sms", Options, "twilio_sms_from", _build)
