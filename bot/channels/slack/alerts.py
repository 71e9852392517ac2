"""Alerts to staff in a channel of Slack's."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.alerts.port import Alert
from bot.channels.kind import Parts
from bot.channels.slack import outgoing, written
from bot.channels.slack.api import Api
from bot.channels.slack.settings import Options
from bot.formats import Language
from bot.texts import LANGUAGES


class SlackAlerts:
    """One message for each, with a button to the conversation at the desk."""

    name = "slack"

    def __init__(self, api: Api, options: Options, parts: Parts) -> None:
        self._api = api
        self._channel = options.slack_alerts_channel
        self._languages: Sequence[Language] = LANGUAGES
        if options.slack_alerts_language:
            self._languages = (options.slack_alerts_language,)
        self._catalogue = parts.catalogue
        self._desk = f"{parts.settings.public_url}/desk"
        self._zone = ZoneInfo(parts.settings.staff_time_zone)

    async def tell(self, alert: Alert, now: datetime) -> None:
        """Writes the message. Raises SendError."""
        text = "\n\n".join(self._words(alert, each) for each in self._languages)
        title = " / ".join(self._catalogue.say("alert_open", each) for each in self._languages)
        keys = [outgoing.link(f"{self._desk}#waiting/{alert.conversation_id}", title)]
        shown = {
            "text": written.escaped(text),
            "mrkdwn": False,
            "blocks": [written.block(text), {"type": "actions", "elements": keys}],
        }
        await outgoing.post(self._api, self._channel, shown, alert.handoff_id, now)

    async def was_told(self, alert: Alert, now: datetime) -> bool:
        """Asks the history of the channel. Raises UnclearError or NotSentError."""
        return await outgoing.look_for(self._api, self._channel, alert.handoff_id, alert.since, now) is not None

    def _words(self, alert: Alert, language: Language) -> str:
        say = self._catalogue.say
        channel = f"alert_channel_{alert.channel}"
        return say(
            "alert_waiting",
            language,
            reason=say(f"alert_reason_{alert.reason}", language),
            # A channel of one's own needs no text here: its name says enough to staff.
            channel=say(channel, language) if self._catalogue.has(channel) else alert.channel,
            spoken=say(f"alert_language_{alert.language or 'unknown'}", language),
            since=alert.since.astimezone(self._zone),
        )
