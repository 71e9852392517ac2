"""The run: for each number of processes the highest rate held, the waits at ease, memory, rows and the price."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from benchmarks.load import database
from benchmarks.load.driving import Driver, generator
from benchmarks.load.plan import AT_EASE, FIRST_HOLD, FLOOD_THINK, HELD_SHARE, HOLD_STEP, HOLD_TRIES, LoadPlan
from benchmarks.load.stack import Guide, busy_seconds, guide, servers
from benchmarks.load.sums import Stretch, slope_per_hour

Tell = Callable[[str], None]
_SAMPLE_SECONDS = 5.0


class Measured(msgspec.Struct, frozen=True):
    """What so many processes did. Memory is in MB for each process, `price` for one more conversation.

    `machine_ms` is the processor time in which the whole machine did a turn while flooded: of the guide, PostgreSQL,
    Redis and the generator. `machine_cores` is how many of its cores were at work then.
    """

    processes: int
    flooded: Stretch
    held: Stretch
    at_ease: Stretch
    megabytes_before: list[float]
    megabytes: list[float]
    rows: dict[str, int]
    price: dict[str, float]
    machine_ms: float
    machine_cores: float


class Soaked(msgspec.Struct, frozen=True):
    """A long stretch at ease with travellers coming and going; samples are (seconds, MB of all processes)."""

    processes: int
    stretch: Stretch
    megabytes: list[tuple[float, float]]
    slope: float
    rows: dict[str, int]


def measure(plan: LoadPlan, tell: Tell) -> dict[str, Any]:
    """Everything, as JSON can say it."""
    measured = []
    for processes in plan.processes:
        tell(f"{processes} processes: starting PostgreSQL, Redis and the guide")
        with _loaded(processes) as (driver, running, address):
            measured.append(_one(plan, processes, (driver, running, address), tell))
    found: dict[str, Any] = msgspec.to_builtins({"plan": plan, "measured": measured, "soaked": None})
    return {**found, "soaked": soak(plan, found["measured"], tell)} if plan.soak else found


@contextmanager
def _loaded(processes: int) -> Iterator[tuple[Driver, Guide, str]]:
    with servers() as (database_url, redis_url), generator() as driver:
        webhook = {"WEBHOOK_URL": driver.listening.url, "WEBHOOK_SECRET": driver.listening.secret}
        with guide(processes, database_url, redis_url, webhook) as running:
            yield driver, running, database_url


def _one(plan: LoadPlan, processes: int, loaded: tuple[Driver, Guide, str], tell: Tell) -> Measured:
    driver, running, address = loaded
    before, rows_before = running.megabytes(), asyncio.run(database.look(address))
    used_before = running.processor_seconds()
    tell(f"{processes} processes: {plan.conversations} conversations begin")
    driver.begin(running.url, plan.conversations)
    used_begun, begun = running.processor_seconds(), running.megabytes()
    tell(f"{processes} processes: flooded")
    began, busy = time.monotonic(), busy_seconds()
    flooded = driver.talk(plan.conversations / FLOOD_THINK, warm=plan.warm, seconds=plan.flood)
    busy, lasted = busy_seconds() - busy, time.monotonic() - began
    held = _held(plan, processes, driver, flooded.rate * FIRST_HOLD, tell)
    tell(f"{processes} processes: at ease, {held.rate * AT_EASE:.0f} turns a second")
    used_turning = running.processor_seconds()
    at_ease = driver.talk(held.rate * AT_EASE, warm=plan.warm, seconds=plan.hold)
    spent = running.processor_seconds() - used_turning
    rows = asyncio.run(database.look(address))
    price = {
        "begin_processor_ms": 1000 * (used_begun - used_before) / plan.conversations,
        "turn_processor_ms": 1000 * spent / max(1.0, at_ease.rate * (plan.hold + plan.warm)),
        "open_kilobytes": 1000 * (sum(begun) - sum(before)) / plan.conversations,
        "rows_a_turn": (rows["rows_written"] - rows_before["rows_written"]) / max(1, rows["travellers_messages"]),
        "bytes_a_turn": (rows["bytes"] - rows_before["bytes"]) / max(1, rows["travellers_messages"]),
    }
    machine = {"machine_ms": 1000 * busy / max(1, flooded.every), "machine_cores": busy / lasted}
    return Measured(processes, flooded, held, at_ease, before, running.megabytes(), rows, price, **machine)


def _held(plan: LoadPlan, processes: int, driver: Driver, rate: float, tell: Tell) -> Stretch:
    """The first rate, going down from `rate`, of which nearly all is answered and nothing fails."""
    for tried in range(HOLD_TRIES):
        tell(f"{processes} processes: can {rate:.0f} turns a second be held?")
        held = driver.talk(rate, warm=plan.warm, seconds=plan.hold)
        if (held.rate >= HELD_SHARE * held.offered and not held.failed) or tried == HOLD_TRIES - 1:
            return held
        rate *= HOLD_STEP
    raise AssertionError("the last try returns")


def soak(plan: LoadPlan, measured: Sequence[Mapping[str, Any]], tell: Tell) -> dict[str, Any]:
    """A long stretch at ease, by the rates that were measured, as JSON can say it."""
    chosen = measured[min(1, len(measured) - 1)]
    processes, rate = int(chosen["processes"]), float(chosen["held"]["rate"]) * AT_EASE
    tell(f"{processes} processes: {plan.soak / 60:.0f} minutes at {rate:.0f} turns a second, travellers come and go")
    with _loaded(processes) as (driver, running, address):
        driver.begin(running.url, plan.conversations)
        with _sampled(running) as samples:
            stretch = driver.talk(rate, warm=plan.warm, seconds=plan.soak, renew=True)
        rows = asyncio.run(database.look(address))
    # The first part fills caches, pools and the allocator's arenas.
    settled = [each for each in samples if each[0] >= plan.soak / 3]
    soaked = Soaked(processes, stretch, samples, slope_per_hour(settled) if len(settled) > 1 else 0.0, rows)
    told: dict[str, Any] = msgspec.to_builtins(soaked)
    return told


@contextmanager
def _sampled(running: Guide) -> Iterator[list[tuple[float, float]]]:
    samples: list[tuple[float, float]] = []
    stop = threading.Event()
    began = time.monotonic()

    def sample() -> None:
        while not stop.wait(_SAMPLE_SECONDS):
            samples.append((time.monotonic() - began, sum(running.megabytes())))

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield samples
    finally:
        stop.set()
        thread.join()
