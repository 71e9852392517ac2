"""What `/metrics` answers: the numbers of this process, or of all that share a folder, and what the record holds."""

from contextlib import suppress

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from bot.metrics.instruments import REGISTRY
from bot.metrics.shared import shared_folder

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_TRIES = 3


class _Given(Collector):
    """Hands out families that somebody else has made."""

    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> list[Metric]:
        """The families as they are."""
        return self._families


def exposition(standing: list[Metric]) -> bytes:
    """The text of all numbers, `standing` among them; takes milliseconds, so not for the event loop."""
    stood = CollectorRegistry(auto_describe=False)
    stood.register(_Given(standing))
    return _counted() + generate_latest(stood)


def _counted() -> bytes:
    folder = shared_folder()
    if folder is None:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry(auto_describe=False)
    MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]
    for _ in range(_TRIES):
        # The files of a process that has just ended may go while they are read.
        with suppress(FileNotFoundError):
            return generate_latest(registry)
    return generate_latest(registry)
