"""What the lines of a log have in common: the request that caused them, and the conversation they are about."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from structlog.contextvars import bound_contextvars

REQUEST_ID = "request_id"
CONVERSATION_ID = "conversation_id"
_SANE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}", re.IGNORECASE)


def request_id(given: str | None) -> str:
    """The id of a request: the caller's where it is one that machines give (a UUID, or 32 hex digits), else a new one.

    Anything freer could carry a telephone number, or a line that forges another.
    """
    return given if given is not None and _SANE.fullmatch(given) else str(uuid.uuid4())


@contextmanager
def about_request(identity: str) -> Iterator[None]:
    """Lines of this block, and of the tasks it begins, name the request."""
    with bound_contextvars(**{REQUEST_ID: identity}):
        yield


@contextmanager
def about_conversation(conversation_id: str) -> Iterator[None]:
    """Lines of this block, and of the tasks it begins, name the conversation."""
    with bound_contextvars(**{CONVERSATION_ID: conversation_id}):
        yield
