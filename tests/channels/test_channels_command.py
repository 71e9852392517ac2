"""`nexus-guide channels check`: what an operator is told, and what is kept to itself."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.channels.webhook.fake_webhook import OLD_SECRET, SECRET, fake_webhook

VARIABLES = {
    "WEBHOOK_URL": "http://127.0.0.1:9/hidden",
    "WEBHOOK_SECRET": SECRET,
    "PUBLIC_URL": "https://guide.example",
}


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def check(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, ["channels", "check", *words], env=environment)


def told(shown: Result) -> Mapping[str, Any]:
    return {each["name"]: each for each in json.loads(shown.stdout)}


def test_all_off_is_good_and_says_how_to_turn_each_on() -> None:
    shown = check("--json")
    assert shown.exit_code == 0
    found = told(shown)
    assert {"sms", "webhook"} <= set(found)
    assert not any(each["on"] for each in found.values())
    assert found["webhook"]["switch"] == "WEBHOOK_URL"
    assert found["webhook"]["missing"] == ["WEBHOOK_URL", "WEBHOOK_SECRET"]


def test_offline_it_says_what_is_set_and_where_the_provider_calls_and_no_value() -> None:
    shown = check("webhook", "--offline", **VARIABLES)
    assert shown.exit_code == 0, shown.output
    assert "webhook: on" in shown.output
    assert "WEBHOOK_URL, WEBHOOK_SECRET" in shown.output
    assert "https://guide.example/channels/webhook" in shown.output
    assert "warning" not in shown.output
    for value in (SECRET, "hidden"):
        assert value not in shown.output


def test_what_is_missing_or_wrong_fails() -> None:
    missing = check("webhook", "--offline", WEBHOOK_URL="https://app.example")
    assert missing.exit_code == 1
    assert "WEBHOOK_SECRET must be" in missing.output
    wrong = check("webhook", "--offline", **VARIABLES | {"WEBHOOK_SECRET": "hidden"})
    assert wrong.exit_code == 1
    assert "WEBHOOK_SECRET: expected whsec_" in wrong.output
    assert "hidden" not in wrong.output


@pytest.mark.parametrize(
    ("address", "words"),
    [("http://guide.example", "is not https"), ("https://127.0.0.1:8080", "this machine"), ("", "this machine")],
)
def test_an_address_that_no_provider_can_call_is_a_warning(address: str, words: str) -> None:
    shown = check("webhook", "--offline", **VARIABLES | {"PUBLIC_URL": address})
    assert shown.exit_code == 0
    assert words in shown.output


def test_a_secret_without_its_switch_is_a_warning() -> None:
    shown = check("webhook", WEBHOOK_SECRET=SECRET)
    assert shown.exit_code == 0
    assert "WEBHOOK_SECRET stand for nothing while WEBHOOK_URL is not set" in shown.output


def test_an_unknown_channel_is_refused_with_those_there_are() -> None:
    shown = check("pigeon")
    assert shown.exit_code == 2
    assert "no channel pigeon" in shown.output
    assert "webhook" in shown.output


async def test_the_credentials_are_tried() -> None:
    async with fake_webhook() as fake:
        right = VARIABLES | {"WEBHOOK_URL": fake.url}
        good = await asyncio.to_thread(check, "webhook", "--json", **right)
        assert good.exit_code == 0, good.output
        assert told(good)["webhook"]["findings"] == [{"good": True, "what": "WEBHOOK_URL took a signed check"}]
        bad = await asyncio.to_thread(check, "webhook", **right | {"WEBHOOK_SECRET": OLD_SECRET})
        assert bad.exit_code == 1
        assert "status 401" in bad.output
    assert fake.checks == 1
