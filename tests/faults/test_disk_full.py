"""The disk is full: nothing is confirmed that is not stored, and when there is room the guide goes on by itself.

A disk that is full for one process is played by the kernel's limit on the size of files: every byte it would add to any
file, its log among them, is refused. It takes no special rights, and can be set and taken away while the guide runs.
"""

import asyncio
import resource
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import ClientSession

from tests.faults.integrator import Integrator, until
from tests.faults.promises import Promises
from tests.faults.travellers import TEXTS, Guide, HttpTraveller, Said, SocketTraveller
from tests.servers import GuideServer

SOON_SECONDS = 40.0


@contextmanager
def no_room_for(pid: int) -> Iterator[None]:
    """No file grows while the block runs."""
    soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_full_disk_confirms_nothing_and_loses_nothing(guide_server: GuideServer) -> None:
    async with ClientSession() as client:
        guide = Guide(client, guide_server.url)
        visitors = [HttpTraveller(guide) for _ in range(8)]
        listener = SocketTraveller(guide)
        for each in (*visitors, listener):
            await each.begin()
            await each.say(TEXTS[0])
        database_url = f"sqlite+aiosqlite:///{guide_server.data_dir / 'nexus-guide.sqlite3'}"
        promises = Promises(database_url, Integrator(0), [*visitors, listener])
        await promises.answers_kept(SOON_SECONDS)

        # Some are stored and some are not, when the room ends; none of those who asked is told a lie.
        said = [Said(f"full-{number}", TEXTS[1]) for number in range(len(visitors))]
        for visitor, each in zip(visitors, said, strict=True):
            visitor.said.append(each)
        trying = [asyncio.create_task(visitor.tried(each)) for visitor, each in zip(visitors, said, strict=True)]
        await until(promises.owed, SOON_SECONDS, "unanswered messages")
        with no_room_for(guide_server.pid):
            await asyncio.gather(*trying)
            assert not await visitors[0].tried(Said("not-1", TEXTS[2]))
            talking = asyncio.create_task(listener.say(TEXTS[2]))
            await until(lambda: guide.failures["503"] + guide.failures["507"] >= 3, SOON_SECONDS, "clear answers")
            assert not talking.done()
            # What was said before can be read.
            assert await visitors[0].everything()
        await talking
        await promises.answers_kept(SOON_SECONDS)
        # What was not stored is sent again, under the same name.
        assert all(await asyncio.gather(*(visitor.tried(each) for visitor, each in zip(visitors, said, strict=True))))
        await promises.answers_kept(SOON_SECONDS)
