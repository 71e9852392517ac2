"""What Messenger and WhatsApp do alike."""

from datetime import timedelta

from bot.channels.graph import handshake
from bot.channels.graph.client import Graph
from bot.channels.graph.settings import MetaOptions
from bot.channels.graph.signature import is_genuine
from bot.channels.port import Call, CallAnswer
from bot.conversations.outbox.port import Letter

_WINDOW = timedelta(hours=23, minutes=59)
"""24 hours from the traveller's last message, which Meta had a little before us."""


def is_open(letter: Letter) -> bool:
    """Whether Meta's window for answers is open: 24 hours from the traveller's last message."""
    return letter.now - letter.heard_at < _WINDOW


class GraphChannel:
    """The side of a channel that faces Meta's webhooks."""

    def __init__(self, options: MetaOptions, token: str) -> None:
        self._app_secret = options.meta_app_secret
        self._verify_token = options.meta_verify_token
        self.graph = Graph(options, token)

    def handshake(self, call: Call) -> CallAnswer | None:
        """The answer to Meta making sure of the address; None where the call is no such."""
        return handshake.answer(call, self._verify_token)

    def is_genuine(self, call: Call) -> bool:
        """Whether the call is signed with the app's secret. Meta signs no time; repeats are found by their ids."""
        return is_genuine(self._app_secret, call.headers, call.body)

    def acknowledgement(self) -> CallAnswer:
        """What Meta's examples answer."""
        return CallAnswer(body="EVENT_RECEIVED")

    async def close(self) -> None:
        """Closes its connections."""
        await self.graph.close()
