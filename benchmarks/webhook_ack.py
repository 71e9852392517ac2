"""How long the guide takes to take a webhook's call, while it works on the answers to those before.

The real guide in one process, on SQLite and on a PostgreSQL of our own. An integrator in this process calls it at a
steady rate, whether or not the calls before were answered, and takes what the guide delivers. The rate must be one that
a core holds. `python -m benchmarks.webhook_ack` measures this alone, and prints; `make bench-load` measures it under
load.
"""

import argparse
import asyncio
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from aiohttp import ClientSession, TCPConnector

from benchmarks.load.integrator import Integrator
from benchmarks.load.stack import guide
from benchmarks.postgresql import postgresql

WANTED_MILLISECONDS = 200.0
_SENDERS = 200
_WARM_UP_SECONDS = 5.0
_TEXTS = (
    "Can I do my CBP interview on my flight to Seattle on Friday at 2 pm from Vancouver?",
    "Puis-je passer l'entrevue de la CBP à Halifax?",
    "Where can I go for an enrolment centre near Ottawa?",
    "How much is the fee?",
)


@dataclass(frozen=True)
class Acknowledged:
    """Milliseconds from sending a call to having read its answer; `delivered` messages came back meanwhile."""

    calls: int
    p50: float
    p99: float
    longest: float
    delivered: int


async def measure(integrator: Integrator, url: str, rate: float, seconds: float) -> Acknowledged:
    """Calls `rate` times a second for so long."""
    senders = [uuid.uuid4().hex for _ in range(_SENDERS)]
    integrator.deliveries = {sender: asyncio.Event() for sender in senders}
    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        await _call(integrator, session, url, senders, rate=rate, seconds=_WARM_UP_SECONDS)
        integrator.acknowledged.clear()
        await _call(integrator, session, url, senders, rate=rate, seconds=seconds)
    spent = np.asarray(integrator.acknowledged)
    p50, p99 = np.percentile(spent, [50, 99])
    delivered = sum(event.is_set() for event in integrator.deliveries.values())
    return Acknowledged(len(spent), float(p50), float(p99), float(spent.max()), delivered)


async def _call(
    integrator: Integrator, session: ClientSession, url: str, senders: list[str], *, rate: float, seconds: float
) -> None:
    loop = asyncio.get_running_loop()
    began, calls = loop.time(), []
    for number in range(round(rate * seconds)):
        await asyncio.sleep(max(0.0, began + number / rate - loop.time()))
        sender, text = senders[number % len(senders)], _TEXTS[number % len(_TEXTS)]
        calls.append(
            asyncio.create_task(integrator.call(session, url, sender, text, "fr" if number % 4 == 1 else "en"))
        )
    await asyncio.gather(*calls)


@contextmanager
def _databases() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="nexus-guide-ack-") as folder, postgresql() as address:
        yield {"SQLite": f"sqlite+aiosqlite:///{folder}/guide.sqlite3", "PostgreSQL": address}


async def _with_guide(database_url: str, rate: float, seconds: float) -> Acknowledged:
    async with Integrator() as integrator:
        settings = {"WEBHOOK_URL": integrator.url, "WEBHOOK_SECRET": integrator.secret}
        started = guide(1, database_url, "", settings)
        running = await asyncio.to_thread(started.__enter__)
        try:
            return await measure(integrator, running.url, rate, seconds)
        finally:
            await asyncio.to_thread(started.__exit__, None, None, None)


def main() -> None:
    """Prints the figures of each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=5.0, help="calls a second")
    parser.add_argument("--seconds", type=float, default=30.0, help="how long it is called")
    told = parser.parse_args()
    with _databases() as databases:
        for kind, url in databases.items():
            found = asyncio.run(_with_guide(url, told.rate, told.seconds))
            print(
                f"{kind:10} {found.calls} calls, {told.rate:g} a second: p50 {found.p50:.1f} ms, "
                f"p99 {found.p99:.1f} ms (wanted {WANTED_MILLISECONDS:g}), longest {found.longest:.1f} ms; "
                f"{found.delivered} of {_SENDERS} travellers were answered meanwhile"
            )


if __name__ == "__main__":
    main()
