"""What the scripted desk has on its table."""

from typing import Any

from tests.browser import rulings
from tests.browser.fake_desk_staff import ANNE, CANNED, FILE, MARC, SQUARE, STAFF
from tests.browser.fake_desk_talk import Talk, at, problem

__all__ = ["ANNE", "CANNED", "FILE", "MARC", "SQUARE", "STAFF", "Talk", "answered", "at", "audit", "problem"]

Shown = dict[str, Any]


def answered(language: str = "en", verdict: str = "yes") -> Shown:
    """What a message of the guide's with a ruling has in its `meta`."""
    ruled = rulings.answer(language, verdict)
    return {"text": ruled.get("text", ""), "meta": {"intent": "ask_cbp_on_flight", "card": "flight", **ruled["meta"]}}


def audit(me: Shown) -> list[Shown]:
    """Some entries, newest first."""
    actor = {"id": me["id"], "name": me["name"]}
    talk = {"kind": "conversation", "id": "0123abcd"}
    return [
        {"id": 3, "at": at(1), "actor": actor, "action": "conversation.taken", "object": talk, "data": {}},
        {
            "id": 2,
            "at": at(3),
            "actor": {"id": "nobody", "name": "somebody not signed in"},
            "action": "staff.sign_in_failed",
            "object": {"kind": "staff", "id": "<img src=x onerror=alert(1)>"},
            "data": {"email": "\u202eanne@example.org"},
        },
    ]
