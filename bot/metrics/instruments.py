"""Everything that is counted while the guide works; the name of each is what Prometheus knows it by.

Labels come from closed sets: parts of a turn, channels, codes, route patterns. Never an id, a text or an address: a
label is kept for as long as the process runs, and everybody who looks at a dashboard sees it.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

# When a series began is of use to nobody here, and there would be one such line for each.
disable_created_metrics()  # type: ignore[no-untyped-call]

REGISTRY = CollectorRegistry(auto_describe=False)
_TURN_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_HTTP_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_LAG_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)

TURN_SECONDS = Histogram(
    "guide_turn_seconds", "Seconds from beginning a turn to its commit.", registry=REGISTRY, buckets=_TURN_BUCKETS
)
TURN_PART_SECONDS = Histogram(
    "guide_turn_part_seconds",
    "Seconds of a turn by part: storing the message, reading it, the action, the commit.",
    ("part",),
    registry=REGISTRY,
    buckets=_TURN_BUCKETS,
)
MESSAGES = Counter(
    "guide_messages", "Messages stored, by channel and sender.", ("channel", "sender"), registry=REGISTRY
)
RULINGS = Counter(
    "guide_rulings", "Rulings told to travellers, by verdict and code.", ("verdict", "code"), registry=REGISTRY
)
FALLBACKS = Counter(
    "guide_fallbacks", "Messages that the guide was not sure of and asked about again.", registry=REGISTRY
)
HANDOVERS = Counter("guide_handovers", "Conversations handed over to staff, by reason.", ("reason",), registry=REGISTRY)
EVENTS = Counter("guide_conversation_events", "What happened in conversations, by name.", ("event",), registry=REGISTRY)
HTTP_SECONDS = Histogram(
    "guide_http_request_seconds",
    "Seconds of HTTP requests by method, route pattern and status; sockets are counted once they end, without time.",
    ("method", "route", "status"),
    registry=REGISTRY,
    buckets=_HTTP_BUCKETS,
)
SOCKETS = Gauge(
    "guide_websockets_open",
    "WebSockets that are open, by who watches.",
    ("side",),
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
SENDING_SECONDS = Histogram(
    "guide_outbox_send_seconds",
    "Seconds of requests to providers by channel and outcome.",
    ("channel", "outcome"),
    registry=REGISTRY,
    buckets=_HTTP_BUCKETS,
)
LOOP_LAG_SECONDS = Histogram(
    "guide_event_loop_lag_seconds",
    "Seconds by which the event loop came late to something it had promised, looked at twice a second.",
    registry=REGISTRY,
    buckets=_LAG_BUCKETS,
)
PROCESSES = Gauge("guide_processes", "Processes that serve.", registry=REGISTRY, multiprocess_mode="livesum")
MEMORY_BYTES = Gauge(
    "guide_resident_memory_bytes",
    "Memory of all processes that serve.",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
LARGEST_MEMORY_BYTES = Gauge(
    "guide_largest_resident_memory_bytes",
    "Memory of the largest process that serves.",
    registry=REGISTRY,
    multiprocess_mode="livemax",
)
OPEN_FILES = Gauge(
    "guide_open_files", "Open files of all processes that serve.", registry=REGISTRY, multiprocess_mode="livesum"
)
CPU_SECONDS = Counter("guide_cpu_seconds", "Processor seconds used by the processes that serve.", registry=REGISTRY)

for _part in ("store", "reading", "action", "commit"):
    TURN_PART_SECONDS.labels(_part)
for _side in ("traveller", "staff"):
    SOCKETS.labels(_side)
