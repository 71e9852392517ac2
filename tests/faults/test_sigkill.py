"""The process ends at the worst moment; started again, nothing is lost and nothing doubled."""

import asyncio
import os
import signal
import sqlite3
import time
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession

from bot.dialogue.tracker_store import KEPT_TURNS
from tests.servers import GuideServer

FLIGHT = "Can I do my CBP interview on my next flight?"
QUESTIONS = (
    "How much does NEXUS cost?",
    FLIGHT,
    "Why?",
    "Which interview options do I have?",
    "What should I bring?",
    "What is my next step?",
)
TRAVELLERS = "SELECT count(*) FROM messages WHERE conversation_id = ? AND sender = 'traveller'"
UNANSWERED = f"{TRAVELLERS} AND answered_at IS NULL"
ANSWERED = f"{TRAVELLERS} AND answered_at IS NOT NULL"
PROOF_UNSAID = "SELECT count(*) FROM conversation_events WHERE conversation_id = ? AND pending"
ANSWERS = "SELECT count(*) FROM conversation_events WHERE conversation_id = ? AND name = 'message.answered'"
HEARD = """SELECT json_extract(event, '$.text') FROM tracker_events
    WHERE conversation_id = ? AND json_extract(event, '$.event') = 'user' ORDER BY position"""


class Traveller:
    """One conversation over the API."""

    def __init__(self, client: ClientSession, server: GuideServer) -> None:
        self._client = client
        self._server = server
        self.id = ""
        self._headers: dict[str, str] = {}

    async def start(self) -> "Traveller":
        async with self._client.post(f"{self._server.url}/api/v1/conversations", json={"language": "en"}) as response:
            started = await response.json()
        self.id, self._headers = started["conversation_id"], {"Authorization": f"Bearer {started['token']}"}
        return self

    async def say(self, text: str, client_id: str | None = None) -> list[dict[str, Any]]:
        """The message as stored and the replies to it."""
        body = {"text": text, "client_message_id": client_id or uuid.uuid4().hex}
        async with self._client.post(f"{self._path}/messages", json=body, headers=self._headers) as response:
            assert response.status == 200, await response.text()
            return list((await response.json())["messages"])

    async def everything(self) -> list[dict[str, Any]]:
        async with self._client.get(f"{self._path}/messages?after=0", headers=self._headers) as response:
            return list((await response.json())["messages"])

    async def link(self) -> str:
        """A link to the identity form."""
        [_, reply] = await self.say("Where does my file stand?")
        return str(reply["meta"]["link"]["url"])

    async def prove(self, link: str) -> int:
        """Fills in the form as SAMPLE-01; gives the status of the page that comes."""
        async with self._client.post(link, data={"number": "980000001", "birth_date": "1984-03-09"}) as response:
            return response.status

    async def settled(self) -> list[dict[str, Any]]:
        """Everything, once nothing waits for an answer any more."""
        await asyncio.to_thread(wait_until_settled, self._server, self.id)
        return await self.everything()

    @property
    def _path(self) -> str:
        return f"{self._server.url}/api/v1/conversations/{self.id}"


@pytest.fixture
async def traveller(guide_server: GuideServer) -> AsyncIterator[Traveller]:
    async with ClientSession() as client:
        yield await Traveller(client, guide_server).start()


@contextmanager
def database(server: GuideServer) -> Iterator[sqlite3.Connection]:
    """The guide's database, seen from outside."""
    file = server.data_dir / "nexus-guide.sqlite3"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)) as connection:
        yield connection


def count(server: GuideServer, query: str, conversation_id: str) -> int:
    with database(server) as connection:
        return int(connection.execute(query, (conversation_id,)).fetchone()[0])


def everything_heard(server: GuideServer, conversation_id: str) -> list[str]:
    """What the dialogue keeps of what it heard, in order."""
    with database(server) as connection:
        return [words for (words,) in connection.execute(HEARD, (conversation_id,))]


def wait_until_settled(server: GuideServer, conversation_id: str) -> None:
    deadline = time.monotonic() + 60
    while count(server, UNANSWERED, conversation_id) or count(server, PROOF_UNSAID, conversation_id):
        assert time.monotonic() < deadline, server.log[-2000:]
        time.sleep(0.05)


def freeze(server: GuideServer, conversation_id: str, owed: str, answered: int = 0) -> None:
    """Stops the process at a moment when `owed` counts something and `answered` messages or more are answered.

    A process that is stopped commits nothing, so what holds after the stop holds until it is killed or goes on.
    """
    deadline = time.monotonic() + 20
    with database(server) as connection:

        def there() -> bool:
            done, left = (connection.execute(query, (conversation_id,)).fetchone()[0] for query in (ANSWERED, owed))
            return bool(done >= answered and left)

        while time.monotonic() < deadline:
            if there():
                os.kill(server.pid, signal.SIGSTOP)
                if there():
                    return
                os.kill(server.pid, signal.SIGCONT)
    raise AssertionError("everything was answered before the process could be stopped")


def assert_whole(messages: Sequence[dict[str, Any]]) -> None:
    assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
    assert len({message["id"] for message in messages}) == len(messages)


@pytest.mark.parametrize("answered", [0, 3])
async def test_killed_between_a_message_and_its_reply(
    guide_server: GuideServer, traveller: Traveller, answered: int
) -> None:
    assert await traveller.prove(await traveller.link()) == 200
    before = await traveller.settled()
    answers = count(guide_server, ANSWERS, traveller.id)
    done = count(guide_server, ANSWERED, traveller.id)
    ids = {f"client-{number}": text for number, text in enumerate(QUESTIONS)}

    # Stored as they come and answered in turn: the process dies owing answers.
    sending = [asyncio.create_task(traveller.say(text, client_id)) for client_id, text in ids.items()]
    await asyncio.to_thread(freeze, guide_server, traveller.id, UNANSWERED, done + answered)
    guide_server.kill()
    results = await asyncio.gather(*sending, return_exceptions=True)
    assert any(isinstance(result, ClientError) for result in results)
    stored = count(guide_server, TRAVELLERS, traveller.id)
    guide_server.restart()

    # What was stored is answered without being sent again.
    recovered = await traveller.settled()
    assert_whole(recovered)
    assert recovered[: len(before)] == before
    assert count(guide_server, TRAVELLERS, traveller.id) == stored == count(guide_server, ANSWERED, traveller.id)
    # What was not is sent again by the client; the rest, sent again, gives the answer that is there already.
    turns = {client_id: await traveller.say(text, client_id) for client_id, text in ids.items()}
    after = await traveller.everything()
    assert_whole(after)
    assert after[: len(recovered)] == recovered
    for client_id, (own, *replies) in turns.items():
        assert own["text"] == ids[client_id]
        assert replies
        assert all(after.count(part) == 1 for part in (own, *replies))
        assert await traveller.say(ids[client_id], client_id) == [own, *replies]
    said = [message["text"] for message in after[len(before) :] if message["sender"] == "traveller"]
    assert sorted(said) == sorted(QUESTIONS)
    assert await traveller.everything() == after
    # Each was answered once, and the dialogue heard each once: it keeps the newest, of which a proof has no words.
    assert count(guide_server, ANSWERS, traveller.id) == answers + len(ids)
    heard = [words for words in everything_heard(guide_server, traveller.id) if words]
    assert len(heard) >= KEPT_TURNS
    assert heard == said[-len(heard) :]
    # Who proved their identity has not to do it again.
    ruling = (await traveller.say(FLIGHT))[1]["meta"]["ruling"]
    assert ruling["cbp_on_next_flight"]["code"] == "shared_and_precleared"


async def test_killed_between_the_proof_and_its_answer(guide_server: GuideServer, traveller: Traveller) -> None:
    link = await traveller.link()
    before = await traveller.everything()
    proving = asyncio.create_task(traveller.prove(link))
    await asyncio.to_thread(freeze, guide_server, traveller.id, PROOF_UNSAID)
    guide_server.kill()
    await asyncio.gather(proving, return_exceptions=True)
    guide_server.restart()
    after = await traveller.settled()
    assert_whole(after)
    [thanks, status] = after[len(before) :]
    assert "identity is confirmed" in thanks["text"]
    assert "conditionally approved" in status["text"]
    assert await traveller.prove(link) == 410


async def test_asked_to_stop_it_finishes_the_turn(guide_server: GuideServer, traveller: Traveller) -> None:
    sending = asyncio.create_task(traveller.say(FLIGHT))
    await asyncio.to_thread(freeze, guide_server, traveller.id, UNANSWERED)
    pid = guide_server.pid
    os.kill(pid, signal.SIGTERM)
    os.kill(pid, signal.SIGCONT)
    own, *replies = await sending
    assert own["text"] == FLIGHT
    assert replies
    ended = await asyncio.to_thread(os.waitid, os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert ended is not None
    assert (ended.si_code, ended.si_status) == (os.CLD_EXITED, 0)
    assert count(guide_server, UNANSWERED, traveller.id) == 0
    guide_server.restart()
    assert (await traveller.everything())[-1] == replies[-1]
