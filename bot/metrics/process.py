"""What the process itself needs: memory, files, processor time, and how late its event loop comes."""

import asyncio
import os
import time
from contextlib import suppress
from pathlib import Path

from bot.metrics import instruments

LAG_EVERY = 0.5
"""Seconds between two looks at the event loop."""
_FIGURES_EVERY = 10
"""Looks at the event loop for one at the figures of the process, which cost a system call each."""


async def watch_process() -> None:
    """Watches until it is cancelled."""
    loop = asyncio.get_running_loop()
    figures = _Figures()
    instruments.PROCESSES.set(1)
    looks = 0
    try:
        while True:
            if looks % _FIGURES_EVERY == 0:
                figures.take()
            looks += 1
            due = loop.time() + LAG_EVERY
            await asyncio.sleep(LAG_EVERY)
            instruments.LOOP_LAG_SECONDS.observe(max(0.0, loop.time() - due))
    finally:
        instruments.PROCESSES.set(0)


class _Figures:
    """Reads the figures; Linux only, and nothing elsewhere."""

    def __init__(self) -> None:
        self._cpu = 0.0
        self._page = os.sysconf("SC_PAGE_SIZE")

    def take(self) -> None:
        used = time.process_time()
        instruments.CPU_SECONDS.inc(used - self._cpu)
        self._cpu = used
        with suppress(OSError):
            resident = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * self._page
            instruments.MEMORY_BYTES.set(resident)
            instruments.LARGEST_MEMORY_BYTES.set(resident)
            instruments.OPEN_FILES.set(len(os.listdir("/proc/self/fd")))  # noqa: PTH208 - a Path for each would be waste
