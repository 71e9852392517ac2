"""Every call of the desk that is measured, each as somebody at a desk makes it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from benchmarks.desk_data import LONG, NOW, STAFF, staff_id
from bot.staff.roles import Role

Method = Literal["GET", "POST"]
Made = tuple[str, Any]
"""The path below `/desk/api/`, and the body."""


@dataclass(frozen=True)
class Call:
    """One kind of call. `make` gives the next one; `route` is the row of the table of routes it belongs to."""

    name: str
    method: Method
    route: str
    make: Callable[[], Made]
    role: Role = "agent"
    before: "Call | None" = None


_MORNING = (NOW + timedelta(days=1)).isoformat()
_ONE = "conversations/{id}"


def reads(pick: random.Random, waiting: Sequence[str], deep: str) -> list[Call]:
    """What is read. `deep` is the cursor of a page far down in the queue."""

    def one() -> str:
        return f"conversations/{pick.choice(waiting)}"

    lists = {
        "waiting": "view=waiting",
        "waiting, a page far down": f"view=waiting&cursor={deep}",
        "waiting, filtered": "view=waiting&language=fr&channel=sms&reason=complaint",
        "mine": "view=mine",
        "unassigned": "view=unassigned",
        "snoozed": "view=snoozed",
        "resolved": "view=resolved",
        "all": "view=all",
    }
    found = [_get(f"list: {name}", "conversations", f"conversations?{query}") for name, query in lists.items()]
    for name in ("waiting", "resolved", "all"):
        found.append(_get(f"list: {name}, supervisor", "conversations", f"conversations?{lists[name]}", "supervisor"))
    found += [
        _get("counts", "counts", "counts"),
        _get("counts, supervisor", "counts", "counts", "supervisor"),
        Call("conversation", "GET", _ONE, lambda: (one(), None)),
        _get("conversation of 5,000", _ONE, f"conversations/{LONG}"),
        Call("timeline", "GET", f"{_ONE}/timeline", lambda: (f"{one()}/timeline", None)),
        _get("timeline of 5,000: newest", f"{_ONE}/timeline", f"conversations/{LONG}/timeline"),
        _get("timeline of 5,000: before the middle", f"{_ONE}/timeline", f"conversations/{LONG}/timeline?before=2500"),
        _get("timeline of 5,000: after the middle", f"{_ONE}/timeline", f"conversations/{LONG}/timeline?after=2500"),
        _get("summary of 5,000", f"{_ONE}/summary", f"conversations/{LONG}/summary"),
        _get("file", f"{_ONE}/file", f"conversations/{LONG}/file"),
        _get("canned", f"{_ONE}/canned", f"conversations/{LONG}/canned"),
        _get("staff", "staff", "staff"),
        _get("search: a common word", "search", "search?q=passport"),
        _get("search: a common beginning", "search", "search?q=p"),
        _get("search: two words, French", "search", "search?q=ASFC+entrev"),
        _get("search: a word of few", "search", "search?q=unheard"),
        _get("search: a common word, supervisor", "search", "search?q=passport", "supervisor"),
        _get("audit", "audit", "audit", "supervisor"),
        _get("reports", "reports", "reports?from=2026-11-01&to=2026-11-21", "supervisor"),
        _get("reports as CSV", "reports.csv", "reports.csv?table=handoffs&from=2026-11-01&to=2026-11-21", "supervisor"),
    ]
    return found


def acts(pick: random.Random, waiting: Sequence[str]) -> list[Call]:
    """What is done. Those that need the conversation to be one's own take another first, unmeasured."""
    left = list(waiting)
    pick.shuffle(left)
    current = ""

    def next_one() -> Made:
        nonlocal current
        current = left.pop()
        return f"conversations/{current}/take", {}

    def this(act: str, body: Callable[[], Any]) -> Callable[[], Made]:
        return lambda: (f"conversations/{current}/{act}", body())

    take = Call("take", "POST", f"{_ONE}/take", next_one)

    def name() -> str:
        return f"id-{pick.randrange(10**12)}"

    def mine(act: str, body: Callable[[], Any]) -> Call:
        return Call(act, "POST", f"{_ONE}/{act}", this(act, body), before=take)

    return [
        take,
        mine("reply", lambda: {"text": "I am looking into it.", "client_message_id": name()}),
        mine("notes", lambda: {"text": "Called the centre.", "client_note_id": name()}),
        mine("snooze", lambda: {"until": _MORNING}),
        mine("wake", dict),
        mine("typing", lambda: {"on": True}),
        mine("read", lambda: {"seq": 4}),
        mine("assign", lambda: {"staff_id": staff_id(pick.randrange(2, STAFF))}),
        mine("hand-back", lambda: {"line": "The guide goes on with you."}),
        mine("resolve", dict),
    ]


def _get(name: str, route: str, path: str, role: Role = "agent") -> Call:
    return Call(name, "GET", route, lambda: (path, None), role)
