"""One conversation of the scripted desk, as the record would have it."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from tests.browser.fake_desk_staff import FILE, STAFF

Shown = dict[str, Any]


def at(minutes: float) -> str:
    """An instant that many minutes ago."""
    return (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()


@dataclass
class Talk:
    """One conversation, as the record would have it."""

    id: str = field(default_factory=lambda: secrets.token_hex(8))
    state: str = "waiting"
    reason: str | None = "cannot_tell"
    language: str = "en"
    channel: str = "web"
    assignee: Shown | None = None
    waiting_since: str | None = None
    snoozed_until: str | None = None
    proved: bool = False
    staff_read_seq: int = 0
    traveller_read_seq: int = 0
    messages: list[Shown] = field(default_factory=list)
    notes: list[Shown] = field(default_factory=list)
    events: list[Shown] = field(default_factory=list)
    file: Shown = field(default_factory=lambda: FILE)

    def say(self, sender: str, text: str, *, minutes: float = 0, **more: Any) -> Shown:
        """Adds a message."""
        message: Shown = {
            "id": secrets.token_hex(8),
            "seq": len(self.messages) + 1,
            "sender": sender,
            "text": text,
            "language": self.language,
            "buttons": [],
            "created_at": at(minutes),
            "meta": {"intent": None, "sources": []},
            "author": None,
            **more,
        }
        self.messages.append(message)
        return message

    def happen(self, name: str, *, minutes: float = 0, **data: Any) -> Shown:
        """Adds an event."""
        number = 1 + len(self.events)
        event = {"id": number, "seq": len(self.messages), "name": name, "at": at(minutes), "data": data}
        self.events.append(event)
        return event

    def note(self, author: str, text: str, *, minutes: float = 0) -> Shown:
        """Adds a private note."""
        note = {"id": secrets.token_hex(8), "seq": len(self.messages), "author": author, "text": text}
        note["created_at"] = at(minutes)
        self.notes.append(note)
        return note

    def is_in(self, view: str, me: str) -> bool:
        """Whether it stands in a view of the queue."""
        return {
            "waiting": self.state == "waiting" and not self.snoozed_until,
            "unassigned": self.state == "waiting",
            "mine": self.state == "human" and self.assignee is not None and self.assignee["id"] == me,
            "snoozed": self.snoozed_until is not None,
            "resolved": self.state == "closed",
            "all": True,
        }[view]

    def is_visible_to(self, staff: Shown) -> bool:
        """Whether an agent may see it."""
        return staff["role"] != "agent" or self.assignee is None or self.assignee["id"] == staff["id"]

    def card(self) -> Shown:
        """Its row in a list."""
        last = self.messages[-1] if self.messages else None
        unread = [one for one in self.messages if one["seq"] > self.staff_read_seq and one["sender"] == "traveller"]
        names = ("id", "channel", "language", "state", "reason", "assignee", "waiting_since", "snoozed_until", "proved")
        return {
            **{name: getattr(self, name) for name in names},
            "touched_at": last["created_at"] if last else at(0),
            "last_seq": len(self.messages),
            "unread": len(unread),
            "preview": {"sender": last["sender"], "text": last["text"][:160]} if last else None,
            "rating": None,
        }

    def details(self, me: Shown) -> Shown:
        """What opening it shows."""
        ruled = [one for one in self.messages if "ruling" in one["meta"]]
        mine = self.assignee is not None and self.assignee["id"] == me["id"]
        free = self.assignee is None and self.state != "closed"
        can = ["note"]
        can += ["take"] if free else []
        can += ["reply", "hand_back"] if mine else []
        can += ["assign", "snooze", "resolve"] if mine or free else []
        can += ["wake"] if self.snoozed_until else []
        can += ["correct"] if mine and self.proved else []
        return {
            **self.card(),
            "started_at": self.messages[0]["created_at"] if self.messages else at(0),
            "traveller_read_seq": self.traveller_read_seq,
            "staff_read_seq": self.staff_read_seq,
            "can": can,
            "last_ruling": {"ruling": ruled[-1]["meta"]["ruling"], "seq": ruled[-1]["seq"]} if ruled else None,
        }

    def timeline(self, *, limit: int, before: int | None = None, after: int | None = None) -> Shown:
        """A page, cut as the real one is."""
        last_seq = len(self.messages)
        if after is not None:
            first, last = after + 1, min(after + limit, last_seq)
            beside = first - 1
        else:
            last = last_seq if before is None else min(before - 1, last_seq)
            first = max(1, last - limit + 1)
            beside = 0 if first == 1 else first
        return {
            "messages": self.messages[first - 1 : last],
            "notes": [note for note in self.notes if beside <= note["seq"] <= last],
            "events": [event for event in self.events if beside <= event["seq"] <= last],
            "earlier": first if 1 < first <= last else None,
            "later": last if last < last_seq else None,
        }

    def summary(self) -> Shown:
        """Each question with what follows."""
        entries = []
        for message, following in zip(self.messages, [*self.messages[1:], None], strict=True):
            if message["sender"] != "traveller":
                continue
            answered = following if following and following["sender"] != "traveller" else None
            entry = {"seq": message["seq"], "asked": message["text"][:200], "intent": None, "verdict": None}
            entry |= {"answered_seq": None, "answered": None}
            if answered:
                flight = answered["meta"].get("ruling", {}).get("cbp_on_next_flight", {})
                entry |= {"answered_seq": answered["seq"], "verdict": flight.get("verdict")}
                entry["answered"] = answered["meta"].get("summary") or answered["text"][:200]
            entries.append(entry)
        return {"entries": entries[-20:], "more": len(entries) > 20}

    def refuse_if_taken(self, act: str, me: Shown) -> None:
        """Raises the real desk's 409 where somebody else has it."""
        if act != "notes" and self.assignee is not None and self.assignee["id"] != me["id"]:
            raise problem(409, "taken", assignee=self.assignee)

    def do(self, act: str, body: Shown, me: Shown) -> Shown:
        """Does what staff asked for; gives what is new in the timeline."""
        self.__dict__.setdefault("stored", {})
        stored: dict[str, Shown] = self.__dict__["stored"]
        key = body.get("client_message_id") or body.get("client_note_id")
        if key in stored:
            return stored[key]
        done = self._done(act, body, me)
        if key:
            stored[key] = done
        return done

    def _done(self, act: str, body: Shown, me: Shown) -> Shown:
        name = me["name"]
        done: dict[str, Callable[[], Shown]] = {
            "reply": lambda: {"messages": self.say("staff", body["text"], author=name)},
            "notes": lambda: {"notes": self.note(name, body["text"])},
            "take": lambda: self._go("human", me, "handoff.taken", by=name),
            "assign": lambda: self._assign(body["staff_id"], name),
            "snooze": lambda: self._sleep(body["until"], "conversation.snoozed", by=name, until=body["until"]),
            "wake": lambda: self._sleep(None, "conversation.woken", by=name),
            "resolve": lambda: self._go("closed", None, "handoff.resolved", by=name),
            "hand-back": lambda: {
                "messages": self.say("staff", body["line"], author=name),
                **self._go("bot", None, "handoff.handed_back", by=name),
            },
        }
        return done[act]() if act in done else {"file": self.file} if act.startswith("file/") else {}

    def _go(self, state: str, holder: Shown | None, event: str, **data: Any) -> Shown:
        self.state, self.assignee = state, holder and {"id": holder["id"], "name": holder["name"]}
        self.waiting_since = self.waiting_since if state == "human" else None
        return {"events": self.happen(event, **data)}

    def _assign(self, staff_id: str, by: str) -> Shown:
        to = next(one for one in STAFF if one["id"] == staff_id)
        return self._go("human", to, "handoff.assigned", by=by, to=to["name"])

    def _sleep(self, instant: str | None, event: str, **data: Any) -> Shown:
        self.snoozed_until = instant
        return {"events": self.happen(event, **data)}


def problem(status: int, kind: str, **more: Any) -> web.HTTPException:
    """A refusal as the desk words it."""
    kinds: dict[int, type[web.HTTPException]] = {
        401: web.HTTPUnauthorized,
        403: web.HTTPForbidden,
        404: web.HTTPNotFound,
        409: web.HTTPConflict,
    }
    body = {"type": f"urn:nexus-guide:problem:{kind}", "title": "Refused", "status": status, "detail": kind, **more}
    return kinds[status](text=json.dumps(body), content_type="application/problem+json")
