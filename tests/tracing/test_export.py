"""Spans as a collector gets them."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bot.db.engine import Database
from bot.settings import ROOT
from bot.tracing import export
from bot.tracing.export import exported
from bot.tracing.spans import CONVERSATION, span
from tests.channels.wired import wired

TYPED = "I am Amara in Zanzibar, 613-555-0134"
TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@dataclass
class Collector:
    """What came, as the protocol has it."""

    url: str
    came: list[ExportTraceServiceRequest] = field(default_factory=list)

    @property
    def spans(self) -> list[dict[str, object]]:
        return [
            {
                "name": each.name,
                "trace": each.trace_id.hex(),
                "parent": each.parent_span_id.hex(),
                "id": each.span_id.hex(),
                **{attribute.key: attribute.value.string_value for attribute in each.attributes},
            }
            for request in self.came
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for each in scope.spans
        ]


@contextmanager
def collector(*, hangs: threading.Event | None = None) -> Iterator[Collector]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if hangs is not None:
                hangs.wait(30)
                return
            assert self.path == "/v1/traces"
            assert self.headers["Content-Type"] == "application/x-protobuf"
            found.came.append(ExportTraceServiceRequest.FromString(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = Collector(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield found
    if hangs is not None:
        hangs.set()
    server.shutdown()
    server.server_close()
    thread.join()


async def test_a_request_and_its_turn_are_traced_without_words_or_addresses(sqlite_database: Database) -> None:
    with collector() as came:
        with exported(came.url):
            async with wired(sqlite_database, {}) as w:
                started = await (await w.client.post("/api/v1/conversations", json={"language": "en"})).json()
                path = f"/api/v1/conversations/{started['conversation_id']}/messages"
                headers = {
                    "Authorization": f"Bearer {started['token']}",
                    "traceparent": f"00-{TRACE}-{CALLER}-01",
                    "tracestate": f"vendor={TYPED[:10]}",
                }
                await w.client.post(path, json={"text": TYPED, "client_message_id": "m1"}, headers=headers)
        spans = {str(each["name"]): each for each in came.spans}
        by_id = {each["id"]: each for each in came.spans}
        route = "POST /api/v1/conversations/{id}/messages"
        assert {route, "turn", "turn.store", "turn.commit", "database.write", "database.read"} <= set(spans)
        request, turn = spans[route], spans["turn"]
        assert (request["trace"], request["parent"]) == (TRACE, CALLER)
        assert turn["trace"] == TRACE
        assert by_id[turn["parent"]] is not None
        assert turn[CONVERSATION] == started["conversation_id"] == request[CONVERSATION]
        sent = b"".join(each.SerializeToString() for each in came.came)
        for private in (b"Zanzibar", b"0134", started["token"].encode(), b"vendor"):
            assert private not in sent
        resource = {each.key: each.value.string_value for each in came.came[0].resource_spans[0].resource.attributes}
        assert resource["service.name"] == "nexus-guide" and resource["service.version"]


@pytest.mark.parametrize(
    "header",
    [
        "",
        f"00-{'0' * 32}-{CALLER}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"01-{TRACE}-{CALLER}-01",
        f"00-{TRACE}-{CALLER}-01x",
    ],
)
def test_a_traceparent_that_is_odd_is_ignored(header: str) -> None:
    with collector() as came:
        with exported(came.url), span("here", parent=header):
            pass
        (only,) = came.spans
        assert only["trace"] != TRACE and only["parent"] == ""


def test_an_error_is_noted_by_its_type_alone() -> None:
    with collector() as came:
        with exported(came.url), pytest.raises(ValueError, match="Zanzibar"), span("here"):
            raise ValueError(TYPED)
        (only,) = came.spans
        assert only["error.type"] == "builtins.ValueError"
        assert b"Zanzibar" not in came.came[0].SerializeToString()


def test_a_collector_that_hangs_does_not_keep_the_guide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "STOP_SECONDS", 0.2)
    with collector(hangs=threading.Event()) as came:
        with exported(came.url):
            with span("here"):
                pass
            began = time.monotonic()
        assert time.monotonic() - began < 3


def test_without_the_setting_opentelemetry_is_not_imported() -> None:
    code = "import sys, bot.app; from bot.tracing.spans import span\nwith span('x') as s: assert s is None"
    code += "\nassert not {'opentelemetry.sdk.trace', 'opentelemetry.exporter'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
