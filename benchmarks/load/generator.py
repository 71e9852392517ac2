"""The travellers, in a process of their own: `python -m benchmarks.load.generator`.

Each line on standard input is a command, each on standard output what came of it, both as JSON. First it tells where
the integrator's side of the webhook listens, which the guide has to know when it starts.
"""

import asyncio
import itertools
import random
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack

import msgspec
from aiohttp import ClientSession, ClientTimeout, TCPConnector

from benchmarks.data import sentences
from benchmarks.load.integrator import Integrator, WebhookTraveller
from benchmarks.load.pacing import Crowd
from benchmarks.load.sums import Stretch
from benchmarks.load.travellers import HttpTraveller, SocketTraveller, Traveller
from bot.channels.keywords import keyword

_ADDRESSES = 64
"""Loopback addresses that the travellers come from: the guide limits how many conversations one address begins."""

_BEGIN_AT_ONCE = 20


class Begin(msgspec.Struct, frozen=True, tag="begin"):
    """Opens so many conversations with the guide at `url`."""

    url: str
    conversations: int


class Talk(msgspec.Struct, frozen=True, tag="talk"):
    """Talks at `rate` turns a second; with `renew`, who has said enough goes and somebody else comes."""

    rate: float
    warm: float
    seconds: float
    renew: bool = False


class Quit(msgspec.Struct, frozen=True, tag="quit"):
    """Everybody goes away."""


class Listening(msgspec.Struct, frozen=True, tag="listening"):
    """Where the integrator listens, and its secret."""

    url: str
    secret: str


class Begun(msgspec.Struct, frozen=True, tag="begun"):
    """The conversations are open."""

    conversations: int


class Told(msgspec.Struct, frozen=True, tag="told"):
    """How a stretch went."""

    stretch: Stretch


Command = Begin | Talk | Quit
Answer = Listening | Begun | Told


class Generator:
    """Everybody who talks; each third by another way."""

    def __init__(self, integrator: Integrator, sessions: list[ClientSession]) -> None:
        self._integrator = integrator
        self._sessions = itertools.cycle(sessions)
        self._languages = itertools.cycle(("en", "fr"))
        self._url = ""
        self._travellers: list[Traveller] = []
        self._texts = texts()

    async def begin(self, command: Begin) -> Begun:
        """Opens the conversations, a few at a time."""
        self._url = command.url
        ways = itertools.cycle((HttpTraveller, SocketTraveller, WebhookTraveller))
        self._travellers = [self._new(way) for way in itertools.islice(ways, command.conversations)]
        places = asyncio.Semaphore(_BEGIN_AT_ONCE)

        async def begin(traveller: Traveller) -> None:
            async with places:
                await traveller.begin()

        await asyncio.gather(*(begin(traveller) for traveller in self._travellers))
        return Begun(len(self._travellers))

    async def talk(self, command: Talk) -> Told:
        """A stretch of talk."""
        crowd = Crowd(
            self._travellers,
            self._texts,
            acknowledged=self._integrator.acknowledged,
            replace=(lambda old: self._new(type(old))) if command.renew else None,
        )
        return Told(await crowd.talk(command.rate, warm=command.warm, seconds=command.seconds))

    def _new(self, way: type[Traveller]) -> Traveller:
        session, language = next(self._sessions), next(self._languages)
        if issubclass(way, WebhookTraveller):
            return WebhookTraveller(session, self._url, language, self._integrator)
        assert issubclass(way, HttpTraveller | SocketTraveller)
        return way(session, self._url, language)


def texts() -> list[str]:
    """What travellers say, in an order that is the same in every run.

    Nobody says what the webhook takes for STOP: who did would wait in vain for the answer to whatever came after it.
    """
    written = [text for name in ("en", "fr") for text in sentences(f"tests/nlu/heldout_{name}.yml")[0]]
    random.Random(1).shuffle(written)
    words = [(text, keyword(text, channel=WebhookTraveller.way, stopped=False)) for text in written]
    return [text for text, word in words if word is None or word.word != "stop"]


def _sessions() -> Iterator[ClientSession]:
    for number in range(_ADDRESSES):
        # Every address of 127/8 is this machine.
        connector = TCPConnector(limit=0, local_addr=(f"127.0.1.{number + 1}", 0))
        yield ClientSession(connector=connector, timeout=ClientTimeout(total=None))


async def _run() -> None:
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with AsyncExitStack() as stack:
        integrator = await stack.enter_async_context(Integrator())
        sessions = [await stack.enter_async_context(session) for session in _sessions()]
        generator = Generator(integrator, sessions)
        _tell(Listening(integrator.url, integrator.secret))
        async for line in lines:
            command = msgspec.json.decode(line, type=Command)
            if isinstance(command, Quit):
                return
            _tell(await (generator.begin(command) if isinstance(command, Begin) else generator.talk(command)))


def _tell(answer: Answer) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    asyncio.run(_run())
