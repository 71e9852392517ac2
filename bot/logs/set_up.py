"""Sends every line to standard error, in one form: ours from the level asked for, libraries' from WARNING."""

import asyncio
import logging
import sys
from typing import Any, Literal

from bot.logs.faults import whereabouts
from bot.logs.format import formatter

_log = logging.getLogger("bot.asyncio")


def log_to_stderr(level: str, form: Literal["text", "json"]) -> None:
    """Call it before anything is logged; again replaces what was set up.

    Raises ValueError for a `level` that logging does not know.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(form))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    # Only ours speak at the level asked for: libraries log whole requests and messages at DEBUG and INFO.
    logging.getLogger("bot").setLevel(level)
    logging.captureWarnings(True)


def log_failures_of_the_loop() -> None:
    """Has the running event loop say where a task failed that nobody waited for; by itself it quotes the error."""
    asyncio.get_running_loop().set_exception_handler(_failed)


def _failed(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    error = context.get("exception")
    where = whereabouts(error) if isinstance(error, BaseException) else "no exception"
    _log.error("a task or a callback failed that nobody waited for: %s", where)
