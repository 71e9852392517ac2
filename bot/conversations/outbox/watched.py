"""Times and traces what is asked of a provider; labels say channel and outcome, nothing of the letter."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from bot.conversations.counting import channel_label
from bot.conversations.outbox.port import NotSentError, RefusedError, UnclearError
from bot.metrics.instruments import SENDING_SECONDS
from bot.tracing.spans import span


@contextmanager
def sending(channel: str) -> Iterator[None]:
    """One request that sends a part."""
    began = time.perf_counter()
    outcome = "failed"
    label = channel_label(channel)
    with span("outbox.send", {"nexus_guide.channel": label}):
        try:
            yield
            outcome = "sent"
        except NotSentError:
            outcome = "not_sent"
            raise
        except (UnclearError, TimeoutError):
            outcome = "unclear"
            raise
        except RefusedError:
            outcome = "refused"
            raise
        finally:
            SENDING_SECONDS.labels(label, outcome).observe(time.perf_counter() - began)
