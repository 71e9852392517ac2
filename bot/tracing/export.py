"""Sends spans to a collector by OTLP over HTTP, in batches, from a thread of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.tracing import spans

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

SERVICE = "nexus-guide"
_EXPORT_SECONDS = 5.0
STOP_SECONDS = 5.0
"""How long the last spans may keep the guide from ending; a collector that is down is no reason to be killed."""


@contextmanager
def exported(endpoint: str) -> Iterator[None]:
    """Traces are sent to the collector at `endpoint`, an address like `http://collector:4318`; not at all without one.

    When the block ends, what was not sent yet is sent, for `STOP_SECONDS` at most. The standard variables
    `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER` and `OTEL_RESOURCE_ATTRIBUTES` are heeded.
    """
    if not endpoint:
        yield
        return
    provider = _provider(endpoint)
    spans.use(provider.get_tracer(SERVICE))
    try:
        yield
    finally:
        spans.use(None)
        # A daemon, so that a collector which accepts and never answers does not keep the process.
        last = threading.Thread(target=provider.shutdown, name="last-spans", daemon=True)
        last.start()
        last.join(STOP_SECONDS)


def _provider(endpoint: str) -> "TracerProvider":
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    resource = Resource.create({"service.name": SERVICE, "service.version": version(SERVICE)})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    exporter = OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces", timeout=_EXPORT_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider
