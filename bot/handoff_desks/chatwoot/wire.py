"""What of Chatwoot's answers is read; everything else in them is left alone, since versions differ."""

from typing import Any

import msgspec

INCOMING, OUTGOING = 0, 1
_MARK = "nexus_guide"
_MINE = "nexus-guide"
_LONGEST_NAME = 200


class Person(msgspec.Struct, frozen=True):
    """An agent; `type` is "user" for people, and something else for bots and contacts."""

    id: int
    name: str | None = None
    type: str | None = None

    @property
    def is_person(self) -> bool:
        """Whether it is one of the agents; where Chatwoot does not say, it is."""
        return self.type in (None, "user")

    def called(self, otherwise: str) -> str:
        """The name to show, `otherwise` where there is none; without signs that turn or break the line it stands in."""
        printable = "".join(sign if sign.isprintable() else " " for sign in self.name or "")
        return " ".join(printable.split())[:_LONGEST_NAME] or otherwise


class Meta(msgspec.Struct, frozen=True):
    """Who has a conversation; `assignee_type` tells agents from bots where the version knows both."""

    assignee: Person | None = None
    assignee_type: str | None = None

    @property
    def agent(self) -> Person | None:
        """The agent who has it; None for nobody and for a bot."""
        is_agent = self.assignee_type in (None, "User") and self.assignee is not None
        return self.assignee if is_agent and self.assignee and self.assignee.is_person else None


class SeenConversation(msgspec.Struct, frozen=True):
    """A conversation at Chatwoot; `id` is the number people see. `snoozed_until` is Unix time or an ISO date-time."""

    id: int
    status: str = ""
    inbox_id: int | None = None
    meta: Meta = Meta()
    snoozed_until: int | float | str | None = None


class SeenMessage(msgspec.Struct, frozen=True):
    """A message at Chatwoot; `message_type` is INCOMING, OUTGOING, or a number of something that nobody wrote."""

    id: int
    message_type: int
    content: str | None = None
    private: bool = False
    source_id: str | None = None
    content_attributes: dict[str, Any] | None = None
    sender: Person | None = None
    attachments: list[Any] = []

    @property
    def mark(self) -> str:
        """The mark we sent it with, empty where it is not ours."""
        return marked(self.source_id, self.content_attributes)

    @property
    def is_deleted(self) -> bool:
        """Whether its author took it back; the content then only says so."""
        return bool((self.content_attributes or {}).get("deleted"))


class Messages(msgspec.Struct, frozen=True):
    """A page of messages."""

    payload: list[SeenMessage]


class Conversations(msgspec.Struct, frozen=True):
    """The conversations of a contact."""

    payload: list[SeenConversation]


class FoundContact(msgspec.Struct, frozen=True):
    """A contact as a search gives it."""

    id: int
    identifier: str | None = None


class Contacts(msgspec.Struct, frozen=True):
    """What a search for contacts gives."""

    payload: list[FoundContact]


class _Made(msgspec.Struct, frozen=True):
    contact: FoundContact


class MadeContact(msgspec.Struct, frozen=True):
    """A contact that was just made."""

    payload: _Made


def identifier(conversation_id: str) -> str:
    """What the contact of a conversation is called at Chatwoot, where each name is given once."""
    return f"{_MINE}:{conversation_id}"


def message_mark(conversation_id: str, seq: int) -> str:
    """The mark of a message of ours: with it, everything up to number `seq` is at Chatwoot."""
    return f"{_MINE}:{conversation_id}:{seq}"


def remark_mark(conversation_id: str, about: str) -> str:
    """The mark of a remark of ours to agents; `about` makes each one of a kind."""
    return f"{_MINE}:{conversation_id}:about:{about}"


def marking(mark: str) -> dict[str, Any]:
    """The fields that carry a mark; in three places, because versions of Chatwoot keep different ones."""
    return {"source_id": mark, "echo_id": mark, "content_attributes": {_MARK: mark}}


def marked(source_id: object, content_attributes: object) -> str:
    """The mark in these fields, empty where there is none of ours."""
    inner = content_attributes.get(_MARK) if isinstance(content_attributes, dict) else None
    for candidate in (inner, source_id):
        if isinstance(candidate, str) and candidate.startswith(f"{_MINE}:"):
            return candidate
    return ""


def seq_of(mark: str, conversation_id: str) -> int | None:
    """The number in a mark made by `message_mark` for this conversation."""
    digits = mark.removeprefix(f"{_MINE}:{conversation_id}:")
    return int(digits) if digits.isascii() and digits.isdigit() else None
