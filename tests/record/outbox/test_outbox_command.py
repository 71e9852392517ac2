"""`nexus-guide outbox …` as it is typed."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, update

from bot.audit.models import AuditEntry
from bot.cli import main
from bot.conversations.outbox.models import OutboxEntry
from bot.conversations.outbox.port import RefusedError
from bot.db.engine import open_database
from tests.record.outbox.postbox import Postbox
from tests.record.outbox.providers import Provider

_Result = TypeVar("_Result")


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SECRET_KEY", "a key for tests")


def _typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["outbox", *words])


def _with_box(url: str, work: Callable[[Postbox], Awaitable[_Result]]) -> _Result:
    async def run() -> _Result:
        database = await open_database(url)
        try:
            return await work(Postbox(database))
        finally:
            await database.close()

    return asyncio.run(run())


async def _one_of_each(box: Postbox) -> list[str]:
    provider = Provider()
    refused, dead, due = [await box.traveller(f"+1514555010{number}") for number in range(3)]
    await box.say(refused, "a secret")
    provider.fates.append(RefusedError("blocked", "error 30004"))
    await box.round(provider)
    dead_id = await box.say(dead, "a secret")
    async with box.database.write() as session:
        values = {"state": "dead", "failure": "tried_enough", "attempts": 20}
        await session.execute(update(OutboxEntry).where(OutboxEntry.id == dead_id).values(values))
    await box.say(due, "a secret")
    return [refused, dead, due]


def test_what_the_outbox_holds_is_listed_without_texts_and_addresses(sqlite_url: str) -> None:
    conversations = _with_box(sqlite_url, _one_of_each)
    listed = _typed("list")
    assert [line.split()[1:3] for line in listed.output.splitlines()[1:]] == [
        ["sms", "failed"],
        ["sms", "dead"],
        ["sms", "due"],
    ]
    assert all(each in listed.output for each in conversations)
    found = [json.loads(line) for line in _typed("list", "--state", "failed", "--json").output.splitlines()]
    assert [(each["failure"], each["detail"]) for each in found] == [("blocked", "error 30004")]
    shown = _typed("show", str(found[0]["id"]))
    assert "error 30004" in shown.output
    counts = json.loads(_typed("stats", "--json").output)["sms"]
    assert (counts["failed"], counts["dead"], counts["due"], counts["sent"]) == (1, 1, 1, 0)
    assert counts["oldest_due_seconds"] >= 0
    everything = "".join(
        _typed(*words).output for words in (("list", "--json"), ("stats",), ("show", str(found[0]["id"]), "--json"))
    )
    for secret in ("a secret", "+1514"):
        assert secret not in listed.output + shown.output + everything
    assert "there is no such entry" in _typed("list", "--channel", "telegram").stderr
    assert _typed("show", "99").exit_code == 1


def test_what_was_given_up_is_sent_again_and_audited(sqlite_url: str) -> None:
    async def numbered(box: Postbox) -> dict[str, tuple[int, str]]:
        await _one_of_each(box)
        async with box.database.read_once() as session:
            return {each.state: (each.id, each.key) for each in await session.scalars(select(OutboxEntry))}

    (failed, failed_key), (dead, dead_key), (due, _) = _with_box(sqlite_url, numbered).values()
    refused = _typed("resend", str(failed), str(due))
    assert (refused.exit_code, refused.stderr) == (
        1,
        f"entry {due} is due; only failed and dead entries are sent again\n",
    )
    assert _typed("resend").exit_code == 2
    assert _typed("resend", "1", "--dead").exit_code == 2
    assert _typed("resend", "--dead", "--channel", "telegram").output == "to be sent again: 0\n"
    assert _typed("resend", "--dead").output == "to be sent again: 1\n"
    assert _typed("resend", str(failed)).output == "to be sent again: 1\n"

    async def sent(box: Postbox) -> tuple[dict[int, str], list[tuple[str, str, str]]]:
        provider = Provider()
        await box.round(provider)
        assert len(provider.arrived) == 3
        async with box.database.read() as session:
            keys = {each.id: each.key for each in await session.scalars(select(OutboxEntry))}
            audit = [(each.actor_id, each.action, each.object_id) for each in await session.scalars(select(AuditEntry))]
        return keys, audit

    keys, audit = _with_box(sqlite_url, sent)
    assert keys[dead] == dead_key, "it may have arrived: the provider tells a repeat by it"
    assert keys[failed] != failed_key, "the provider would repeat its refusal"
    assert audit == [("command-line", "outbox.resent", str(each)) for each in (dead, failed)]
