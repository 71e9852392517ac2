"""WhatsApp over Twilio, put together."""

from collections.abc import Mapping, Sequence

from bot.channels.kind import Kind, Parts
from bot.channels.port import Channel, Finding
from bot.channels.rendering.form import Form
from bot.channels.twilio import findings
from bot.channels.twilio.base import TwilioChannel
from bot.channels.twilio.outgoing import same_text
from bot.channels.twilio.settings import SERVICE
from bot.channels.whatsapp.settings import Options
from bot.channels.whatsapp.window import content, in_one_line
from bot.conversations.outbox.port import Letter, Sent
from bot.formats import Language

FORM = Form(longest=1600)
"""1,600 characters is all Twilio takes (https://www.twilio.com/docs/api/errors/21658, read 2026-11-22).

Buttons of WhatsApp need a content template for each set of them at Twilio, so choices are numbered."""

PREFIX = "whatsapp:"


class WhatsApp(TwilioChannel):
    """Messages in WhatsApp."""

    name = "whatsapp"
    form = FORM
    prefix = PREFIX

    def __init__(self, sender: str, options: Options, parts: Parts) -> None:
        super().__init__(sender, options, parts)
        self._templates: Mapping[Language, str] = {
            "en": options.twilio_whatsapp_template_en,
            "fr": options.twilio_whatsapp_template_fr,
        }

    async def send(self, letter: Letter) -> Sent:
        """Sends one message. Raises SendError."""
        return await self._outgoing.send(letter, **content(letter, self._templates))

    async def find(self, letter: Letter) -> Sent | None:
        """Looks the text up among those sent. Raises NotSentError."""
        is_text, text = same_text(letter.part.text), in_one_line(letter.part.text)
        # The window may have closed since the first try, so it may have gone either way.
        return await self._outgoing.find(letter, lambda body: is_text(body) or (self._templated and text in body))

    async def check(self) -> Sequence[Finding]:
        """The account, the sender, and whom it calls."""
        found = await findings.check(
            self._client,
            self._account,
            lambda: findings.whatsapp(self._client, self._sender, "TWILIO_WHATSAPP_FROM", self._url),
        )
        missing = [language for language, template in self._templates.items() if not template]
        return [*found, *(_without(language) for language in missing)]

    @property
    def _templated(self) -> bool:
        return any(self._templates.values())


def _without(language: Language) -> Finding:
    variable = f"TWILIO_WHATSAPP_TEMPLATE_{language.upper()}"
    return Finding(True, f"{variable} is not set: nothing is sent later than 24 hours after the traveller has written")


def _build(options: Options, parts: Parts) -> Channel:
    sender = options.twilio_whatsapp_from
    if not sender.startswith((SERVICE, PREFIX)):
        sender = f"{PREFIX}{sender}"
    return WhatsApp(sender, options, parts)


KIND = Kind("whatsapp", Options, "twilio_whatsapp_from", _build)
