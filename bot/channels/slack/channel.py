"""Slack, put together."""

from collections.abc import Sequence

from bot.alerts.port import AlertWay
from bot.channels.kind import Kind, Parts
from bot.channels.port import Call, CallAnswer, CallError, Came, Finding
from bot.channels.rendering.compose import compose
from bot.channels.rendering.form import Form
from bot.channels.slack import checking, incoming, outgoing
from bot.channels.slack.alerts import SlackAlerts
from bot.channels.slack.api import Api
from bot.channels.slack.settings import Options
from bot.channels.slack.signature import is_genuine
from bot.clock import system_clock
from bot.conversations.outbox.port import Letter, Page, Sent
from bot.conversations.transcript import ShownMessage
from bot.formats import Language

FORM = Form(longest=3000, buttons=25, longest_title=75)
"""Slack's bounds for a text object, a block of actions and a button's title (docs/channels/slack.md)."""


class Slack:
    """One app in one workspace, in direct messages."""

    name = "slack"

    def __init__(self, options: Options, parts: Parts) -> None:
        self._options = options
        self._parts = parts
        self._api = Api(options.slack_api_url, options.slack_bot_token)

    def compose(self, messages: Sequence[ShownMessage], language: Language) -> Sequence[Page]:
        """Pages of one part for each message, with its buttons under it."""
        return compose(messages, language, FORM, self._parts.catalogue)

    async def send(self, letter: Letter) -> Sent:
        """Sends one message. Raises SendError."""
        return await outgoing.send(self._api, letter)

    async def find(self, letter: Letter) -> Sent | None:
        """Asks the history of the direct message for the key. Raises UnclearError or NotSentError."""
        return await outgoing.find(self._api, letter)

    def handshake(self, call: Call) -> CallAnswer | None:
        """The challenge of a new request URL, which is signed as everything is."""
        if call.method != "POST" or b"url_verification" not in call.body or not self.is_genuine(call):
            return None
        try:
            came = incoming.envelope(call.body)
        except CallError:
            return None
        return CallAnswer(200, came.challenge) if came.type == "url_verification" else None

    def is_genuine(self, call: Call) -> bool:
        """Whether the call is signed with the app's secret in the last five minutes."""
        return is_genuine(self._options.slack_signing_secret, call.headers, call.body, call.at)

    def read(self, call: Call) -> Sequence[Came]:
        """What was said. Raises CallError."""
        return incoming.read(call.body, call.headers.get("Content-Type", ""), self._options.slack_team_id)

    def acknowledgement(self) -> CallAnswer:
        """Nothing but the status."""
        return CallAnswer()

    async def check(self) -> Sequence[Finding]:
        """Asks Slack whose token it is, what it may do, and for the channel of the alerts."""
        return await checking.check(self._api, self._options, system_clock())

    def alert_way(self) -> AlertWay | None:
        """How staff are told who waits; None where no channel is set for it."""
        return SlackAlerts(self._api, self._options, self._parts) if self._options.slack_alerts_channel else None

    async def close(self) -> None:
        """Closes its connections."""
        await self._api.close()


KIND = Kind("slack", Options, "slack_bot_token", Slack)
