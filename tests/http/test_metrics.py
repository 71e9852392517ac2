"""`/metrics`: who may see it, and that nothing of anybody stands in it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from sqlalchemy import text

from bot.conversations.dialogue_port import Answer, Inbound, Reply
from bot.conversations.queues import queue_lengths
from bot.db.engine import Database
from bot.http import keys
from bot.http.metrics import _admit
from bot.http.problems import Problem
from bot.http.standing import KEPT_SECONDS, Standing
from bot.metrics.instruments import REGISTRY
from bot.settings import Settings
from tests.channels.wired import Wired, wired
from tests.record.scripted import NOON, Watch, answer, conversations, message

TOKEN = "a long token for Prometheus"
RULING = {"ruling": {"cbp_on_next_flight": {"verdict": "yes", "code": "shared_and_precleared"}}, "card": "flight"}
PERSONAL = "I am Amara Okafor, 613-555-0134, amara@example.ca, PASSID 980000001, born 1984-03-09, flight AC8801"


@asynccontextmanager
async def seen(database: Database) -> AsyncIterator[Wired]:
    async with wired(database, {}) as w:
        assert w.client.app is not None
        settings = Settings(metrics_token=TOKEN, secret_key="k", public_url="https://guide.example")
        w.client.app._state[keys.SETTINGS] = settings  # type: ignore[index]
        yield w


async def metrics(w: Wired) -> str:
    response = await w.client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert response.status == 200, await response.text()
    assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    return await response.text()


def request(settings: Settings, remote: str, **headers: str) -> web.Request:
    app = web.Application()
    app[keys.SETTINGS] = settings
    made = make_mocked_request("GET", "/metrics", headers=headers, app=app)
    return made.clone(remote=remote)


def admitted(settings: Settings, remote: str, **headers: str) -> int:
    try:
        _admit(request(settings, remote, **headers))
    except Problem as problem:
        return problem.details.status
    return 200


@pytest.mark.parametrize(
    ("public_url", "remote", "headers", "status"),
    [
        ("http://127.0.0.1:8080", "127.0.0.1", {}, 200),
        ("http://localhost:8080", "::1", {}, 200),
        ("http://[::1]:8080", "::ffff:127.0.0.1", {}, 200),
        ("http://127.0.0.1:8080", "192.0.2.7", {}, 404),
        ("http://127.0.0.1:8080", "127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 404),
        ("https://guide.example", "127.0.0.1", {}, 404),  # a proxy on this machine, for the public
        ("http://0.0.0.0:8080", "127.0.0.1", {}, 404),
    ],
)
def test_metrics_are_not_public(public_url: str, remote: str, headers: dict[str, str], status: int) -> None:
    assert admitted(Settings(public_url=public_url), remote, **headers) == status


@pytest.mark.parametrize(
    ("given", "status"), [(f"Bearer {TOKEN}", 200), (f"Bearer {TOKEN}x", 401), (f"Basic {TOKEN}", 401), ("", 401)]
)
def test_with_a_token_only_its_bearer_is_answered(given: str, status: int) -> None:
    settings = Settings(metrics_token=TOKEN, public_url="http://127.0.0.1:8080")
    assert admitted(settings, "127.0.0.1", Authorization=given) == status


async def test_nothing_of_a_traveller_is_in_the_metrics(sqlite_database: Database) -> None:
    async def script(inbound: Inbound) -> Answer | None:
        if "person" in inbound.text:
            return answer("Wait.", state="waiting", handoff="asked", intent="nlu_fallback")
        return None

    async with seen(sqlite_database) as w:
        w.dialogue.script = script
        started = await (await w.client.post("/api/v1/conversations", json={"language": "en"})).json()
        ids = {started["conversation_id"], started["token"]}
        path = f"/api/v1/conversations/{started['conversation_id']}/messages"
        bearer = {"Authorization": f"Bearer {started['token']}"}
        for number, words in enumerate((PERSONAL, "a person please, Amara", "Ωδή @amara +16135550134")):
            sent = {"text": words, "client_message_id": f"amara-{number}"}
            response = await w.client.post(path, json=sent, headers=bearer)
            assert response.status == 200
            ids |= {each["id"] for each in (await response.json())["messages"]}
        await w.client.get("/verify/secret-token-of-amara-1234567890")
        await w.client.request("PROPFIND", "/amara/613-555-0134")
        await w.client.post("/channels/amara", data=PERSONAL)
        shown = await metrics(w)
    told = re.findall(r"\w+|[^\w\s]", " ".join((PERSONAL, "amara@example.ca", "AMARA", "secret-token-of-amara", "Ωδή")))
    words = {word.casefold() for word in told if len(word) > 3 and word not in {"born", "flight", "token", "secret"}}
    values = {value.casefold() for value in re.findall(r'="([^"]*)"', shown)}
    assert not {(word, value) for word in words for value in values if word in value}
    assert not [each for each in ids if each in shown]
    for wanted in (
        'guide_messages_total{channel="web",sender="traveller"}',
        'guide_handovers_total{reason="asked"}',
        "guide_fallbacks_total",
        'guide_queue_length{queue="waiting"} 1.0',
        'route="/verify/{token}"',
        'method="other",route="(no route)",status="404"',
        "guide_database_answered 1.0",
    ):
        assert wanted in shown


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


async def test_a_ruling_is_counted_by_its_code_once_it_is_committed(sqlite_database: Database) -> None:
    from tests.record.scripted import ScriptedDialogue

    async def script(inbound: Inbound) -> Answer:
        fails = inbound.text == "fails"

        async def save(_session: object) -> None:
            if fails:
                raise RuntimeError

        said = answer("Yes.", save=save, intent="ask_cbp_on_flight")
        return Answer(**{**vars(said), "replies": (Reply("Yes.", "en", meta=RULING),)})

    service = conversations(sqlite_database, ScriptedDialogue(script=script), lambda: NOON)
    labels = {"verdict": "yes", "code": "shared_and_precleared"}
    before = value("guide_rulings_total", **labels)
    started = await service.start("web", "en")
    await service.receive(started.conversation_id, message("fails", "c1"))
    assert value("guide_rulings_total", **labels) == before
    await service.receive(started.conversation_id, message("works", "c2"))
    assert value("guide_rulings_total", **labels) == before + 1


async def test_queues_are_counted_with_their_age(database: Database) -> None:
    from tests.record.scripted import ScriptedDialogue

    async def script(_inbound: Inbound) -> Answer:
        return answer("Wait.", state="waiting", handoff="asked")

    clock = Watch()
    service = conversations(database, ScriptedDialogue(script=script), clock)
    started = await service.start("web", "en")
    await service.receive(started.conversation_id, message("a person"))
    clock.forward(minutes=5)
    async with database.read() as session:
        found = {each.queue: each for each in await queue_lengths(session, clock())}
    assert {queue: each.length for queue, each in found.items()} == {
        "waiting": 1, "unassigned": 1, "human": 0, "snoozed": 0, "unanswered": 0, "owed": 0,
    }  # fmt: skip
    assert found["waiting"].since == NOON


async def test_the_database_is_asked_once_in_a_while_and_its_absence_is_told(sqlite_database: Database) -> None:
    now = 0.0
    standing = Standing(sqlite_database, lambda: NOON, lambda: now)
    first = await standing.families()
    assert await standing.families() is first
    async with sqlite_database.write() as session:
        await session.execute(text("DROP TABLE outbox_parts"))
        await session.execute(text("DROP TABLE outbox"))
    assert await standing.families() is first
    now = KEPT_SECONDS
    (only,) = await standing.families()
    assert (only.name, only.samples[0].value) == ("guide_database_answered", 0.0)
