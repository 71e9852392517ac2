"""Times the parts of a turn, for metrics and for traces alike."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal

from bot.metrics.instruments import TURN_PART_SECONDS, TURN_SECONDS
from bot.tracing.spans import CONVERSATION, span

Part = Literal["store", "reading", "action", "commit"]
_OBSERVE: Final = {part: TURN_PART_SECONDS.labels(part).observe for part in ("store", "reading", "action", "commit")}


@contextmanager
def turn(conversation_id: str) -> Iterator[None]:
    """One turn of a conversation, from beginning it to its commit."""
    began = time.perf_counter()
    with span("turn", {CONVERSATION: conversation_id}):
        try:
            yield
        finally:
            TURN_SECONDS.observe(time.perf_counter() - began)


@contextmanager
def part(name: Part) -> Iterator[None]:
    """One part of a turn, failed ones too."""
    began = time.perf_counter()
    with span(f"turn.{name}"):
        try:
            yield
        finally:
            _OBSERVE[name](time.perf_counter() - began)
