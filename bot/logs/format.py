"""The two forms of a line: text for people at a terminal, JSON for what collects logs."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from structlog.contextvars import merge_contextvars
from structlog.stdlib import ProcessorFormatter
from structlog.types import EventDict, WrappedLogger

from bot.logs.masked import masked_value
from bot.logs.words import said

FIELDS = "fields"
"""The name in `extra` of what a record says besides its words: a mapping of names to values."""


def formatter(form: Literal["text", "json"]) -> logging.Formatter:
    """The formatter of every line, whoever logs it."""
    return ProcessorFormatter(
        foreign_pre_chain=[merge_contextvars, _told],
        processors=[_as_json if form == "json" else _as_text],
        use_get_message=False,
        pass_foreign_args=True,
    )


def _told(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Puts what the record says, masked, in the place of what it was given."""
    record: logging.LogRecord = event["_record"]
    event["event"] = said(record, event.pop("positional_args"))
    event.pop("exc_info", None)
    event.pop("stack_info", None)
    return event


def _as_text(_logger: WrappedLogger, _name: str, event: EventDict) -> str:
    record: logging.LogRecord = event["_record"]
    at = datetime.fromtimestamp(record.created, UTC).astimezone()
    return f"{at:%Y-%m-%d %H:%M:%S},{int(record.msecs):03d} {record.levelname} {record.name} {event['event']}"


def _as_json(_logger: WrappedLogger, _name: str, event: EventDict) -> str:
    record: logging.LogRecord = event.pop("_record")
    event.pop("_from_structlog", None)
    now = datetime.fromtimestamp(record.created, UTC)
    words = event.pop("event")
    line: dict[str, Any] = {
        "timestamp": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": words,
    }
    given: Mapping[str, Any] = {**event, **getattr(record, FIELDS, {})}
    line |= {name: masked_value(value, now) for name, value in given.items()}
    return msgspec.json.encode(line).decode()
