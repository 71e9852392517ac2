"""A short soak: the guide does not grow with the messages it answers. The long one is that of `make bench-load`."""

import psutil
from aiohttp import ClientSession

from benchmarks.load.pacing import Crowd
from benchmarks.load.travellers import HttpTraveller
from tests.servers import GuideServer

# None of them leads to staff: nobody is to wait in the queue of the tests that come after.
QUESTIONS = (
    "How much does NEXUS cost?",
    "Can I do my CBP interview on my next flight?",
    "Which interview options do I have?",
    "What should I bring?",
    "Combien coûte NEXUS?",
    "Quels documents dois-je apporter?",
)
TRAVELLERS = 20
MOST_MEGABYTES = 10.0
"""A message that left 50 kB behind would take more; caches and the allocator still settle by a few."""


async def test_memory_is_flat_while_travellers_talk(guide_server: GuideServer) -> None:
    process = psutil.Process(guide_server.pid)
    async with ClientSession() as client:
        travellers = [HttpTraveller(client, guide_server.url, "en") for _ in range(TRAVELLERS)]
        for traveller in travellers:
            await traveller.begin()
        crowd = Crowd(travellers, QUESTIONS, acknowledged=[])
        warming = await crowd.talk(20, warm=0, seconds=6)
        before = process.memory_full_info().pss / 1e6
        stretch = await crowd.talk(20, warm=0, seconds=11)
        grown = process.memory_full_info().pss / 1e6 - before
    assert (warming.failed, stretch.failed) == (0, 0)
    assert stretch.turns > 60
    assert grown < MOST_MEGABYTES, f"{grown:.1f} MB after {stretch.turns} turns"
