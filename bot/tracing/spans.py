"""The spans the guide's rooms open. While no tracer is set they cost nothing, and OpenTelemetry is not imported.

Attributes say what kind of thing was done, never with what: no text, no address, no name. A conversation's id may stand
there: it is random, it opens nothing, and only who may read the record can tell whose it is.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.trace import Span, Tracer

Attribute = str | int | float | bool
CONVERSATION = "nexus_guide.conversation_id"

# The only version there is, not all zeros, and with no other flag than "sampled"; `tracestate`, which may hold anything
# that its sender likes, is never read.
_TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-0([01])")
_NOTHING: AbstractContextManager[None] = nullcontext()


class _Set:
    """The tracer in use; None while traces are off."""

    tracer: "Tracer | None" = None


def use(tracer: "Tracer | None") -> None:
    """Sends every span opened from now on to `tracer`; None turns traces off."""
    _Set.tracer = tracer


def span(
    name: str, attributes: Mapping[str, Attribute] | None = None, *, parent: str | None = None, server: bool = False
) -> "AbstractContextManager[Span | None]":
    """A span around the block, inside that of the caller; gives it, or None while traces are off.

    `parent` is a caller's `traceparent` header, ignored where it is not well formed. `server` marks a request that
    came in. An error is noted by its type alone, for its message may quote what a traveller wrote.
    """
    if _Set.tracer is None:
        return _NOTHING
    return _open(_Set.tracer, name, parent, server, attributes or {})


@contextmanager
def _open(
    tracer: "Tracer", name: str, parent: str | None, server: bool, attributes: Mapping[str, Attribute]
) -> "Iterator[Span]":
    from opentelemetry.trace import SpanKind, StatusCode

    with tracer.start_as_current_span(
        name,
        _remote(parent),
        kind=SpanKind.SERVER if server else SpanKind.INTERNAL,
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as opened:
        try:
            yield opened
        except Exception as error:
            opened.set_attribute("error.type", f"{type(error).__module__}.{type(error).__qualname__}")
            opened.set_status(StatusCode.ERROR)
            raise


def _remote(traceparent: str | None) -> "Context | None":
    """The context of a caller's span; None, which means the current one, where the header is missing or odd."""
    found = _TRACEPARENT.fullmatch(traceparent or "")
    if found is None:
        return None
    from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

    trace, caller, sampled = found.groups()
    caller_context = SpanContext(int(trace, 16), int(caller, 16), is_remote=True, trace_flags=TraceFlags(int(sampled)))
    return set_span_in_context(NonRecordingSpan(caller_context))
