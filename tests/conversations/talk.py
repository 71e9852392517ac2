"""A traveller's side of the HTTP API: one conversation with the guide."""

import asyncio
import itertools
import re
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType
from typing import Any, Self

import yaml
from aiohttp import ClientResponse, ClientSession

from bot.settings import ROOT

SAMPLE = ROOT / "data" / "sample" / "applicants.yml"
_SPEAKS_SECONDS = 20.0
_LINK = re.compile(r"https?://\S+/verify/\S+")


@cache
def sample_people() -> dict[str, tuple[str, str]]:
    """The sample register: PASSID and birth date by id."""
    people = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))["applicants"]
    return {person["id"]: (str(person["passid"]), str(person["birth_date"])) for person in people}


@dataclass
class Heard:
    """What came of one thing the traveller did: the message as stored, the replies, or the status of a refusal."""

    stored: dict[str, Any] | None = None
    replies: list[dict[str, Any]] = field(default_factory=list)
    state: str = "bot"
    refused: int | None = None


class Talk:
    """A conversation; use it with `async with`. `messages` is everything that was seen of it, in order."""

    def __init__(self, url: str, language: str | None) -> None:
        self._language = language
        self._client = ClientSession(url)
        self._numbers = itertools.count(1)
        self._path = ""
        self._headers: dict[str, str] = {}
        self._last: dict[str, str] = {}
        self.messages: list[dict[str, Any]] = []

    async def __aenter__(self) -> Self:
        async with self._client.post(
            "/api/v1/conversations", json={"channel": "web", "language": self._language}
        ) as response:
            started = await _good(response, 201)
        self._path = f"/api/v1/conversations/{started['conversation_id']}/messages"
        self._headers = {"Authorization": f"Bearer {started['token']}"}
        self.messages += started["messages"]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.close()

    async def say(self, text: str) -> Heard:
        """Sends a message of the traveller's."""
        self._last = {"text": text, "client_message_id": f"m{next(self._numbers)}"}
        heard = await self._post(self._last)
        self.messages += [heard.stored] if heard.stored else []
        self.messages += heard.replies
        return heard

    async def say_again(self) -> Heard:
        """Sends the last message once more with its own id, as a client does after a broken connection."""
        return await self._post(self._last)

    async def prove(self, number: str, birth_date: str, *, speaks: bool = False) -> tuple[str, Heard]:
        """Fills in the form behind the newest link: what the page said, and what the guide said in the conversation.

        The guide is waited for where it will speak: after a proof, and where the traveller expects it (`speaks`).
        """
        link = self._link()
        async with self._client.get(link) as page:
            assert page.status in (200, 404, 410, 429), f"the form answered {page.status}"
        async with self._client.post(link, data={"number": number, "birth_date": birth_date}) as page:
            assert page.status < 500, f"the form answered {page.status}"
            shown = await page.text()
            speaks = speaks or page.status == 200
        # The guide speaks in the conversation a moment after the page has thanked.
        new: list[dict[str, Any]] = []
        async with asyncio.timeout(_SPEAKS_SECONDS):
            while speaks and not new:
                await asyncio.sleep(0.05)
                new = await self.all_messages(after=self.messages[-1]["seq"])
        self.messages += new
        return shown, Heard(None, new)

    async def all_messages(self, after: int = 0) -> list[dict[str, Any]]:
        """What the record holds after `after`."""
        async with self._client.get(self._path, params={"after": str(after)}, headers=self._headers) as response:
            messages: list[dict[str, Any]] = (await _good(response, 200))["messages"]
            return messages

    def button(self, title: str) -> str | None:
        """What pressing `title` sends, None where the newest messages do not offer it."""
        for message in reversed(self.messages):
            if message["sender"] == "traveller":
                return None
            for button in message["buttons"]:
                if plain(button["title"]) == plain(title):
                    return str(button["payload"])
        return None

    def _link(self) -> str:
        for message in reversed(self.messages):
            found = _LINK.search(message["text"]) if message["sender"] == "bot" else None
            if found:
                return found.group()
        raise AssertionError("the guide has given no link to confirm who one is")

    async def _post(self, body: dict[str, str]) -> Heard:
        async with self._client.post(self._path, json=body, headers=self._headers) as response:
            if response.status != 200:
                assert response.content_type == "application/problem+json", await response.text()
                return Heard(refused=response.status)
            answer = await response.json()
        return Heard(answer["messages"][0], answer["messages"][1:], answer["state"])


def plain(text: str) -> str:
    """Text as a reader sees it: typographic spaces and apostrophes are no difference, nor is where a line breaks."""
    return " ".join(text.replace("’", "'").split())


async def _good(response: ClientResponse, status: int) -> dict[str, Any]:
    assert response.status == status, f"{response.url.path} answered {response.status}: {await response.text()}"
    answer: dict[str, Any] = await response.json()
    return answer
