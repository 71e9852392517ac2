"""Staff are told in Slack who waits: once, in both languages, and nothing about whom."""

import dataclasses
from collections.abc import AsyncIterator

import pytest

from bot.alerts.port import Alert
from bot.channels.kind import Parts
from bot.channels.slack.alerts import SlackAlerts
from bot.channels.slack.api import Api
from bot.channels.slack.settings import Options
from bot.settings import ROOT, Settings
from bot.texts import Catalogue
from tests.channels.slack.fake_slack import ALERTS, SECRET, TOKEN, FakeSlack, fake_slack
from tests.record.scripted import NOON

ALERT = Alert("handoff-1", "conversation-1", "asked", "telegram", "fr", NOON)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with fake_slack() as running:
        yield running


async def _tell(slack: FakeSlack, alert: Alert, **options: str) -> tuple[bool, bool]:
    settings = Options(
        slack_bot_token=TOKEN,
        slack_signing_secret=SECRET,
        slack_alerts_channel=ALERTS,
        **options,  # type: ignore[arg-type]
    )
    parts = Parts(Settings(public_url="https://guide.example"), Catalogue.load(ROOT / "data" / "responses"))
    api = Api(slack.url, TOKEN)
    way = SlackAlerts(api, settings, parts)
    before = await way.was_told(alert, NOON)
    await way.tell(alert, NOON)
    after = await way.was_told(alert, NOON)
    await api.close()
    return before, after


async def test_an_alert_says_why_since_when_and_where_in_both_languages(slack: FakeSlack) -> None:
    assert await _tell(slack, ALERT) == (False, True)
    (message,) = slack.posted
    assert message["channel"] == ALERTS
    assert message["text"] == (
        "A traveller is waiting for a person.\n"
        "Why: they asked for a person\n"
        "Since: Saturday, November 21, 2026, 12:00 p.m. (Toronto time)\n"
        "Channel: Telegram\n"
        "Language: French\n\n"
        "Un voyageur attend une personne.\n"
        "Motif\u00a0: il a demandé une personne\n"
        "Depuis\u00a0: samedi 21 novembre 2026, 12 h 00 (heure de Toronto)\n"
        "Canal\u00a0: Telegram\n"
        "Langue\u00a0: français"
    )
    (key,) = message["blocks"][1]["elements"]
    assert key["url"] == "https://guide.example/desk#waiting/conversation-1"
    assert key["text"]["text"] == "Open the desk / Ouvrir le poste"


async def test_an_alert_may_be_in_one_language_and_of_a_channel_of_ones_own(slack: FakeSlack) -> None:
    alert = dataclasses.replace(ALERT, channel="pigeon", language=None)
    await _tell(slack, alert, slack_alerts_language="fr")
    text = slack.posted[0]["text"]
    assert "Canal\u00a0: pigeon" in text and "pas encore connue" in text and "traveller" not in text
