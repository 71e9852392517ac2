"""The calls by which staff do something with a conversation: each hands on to the one verb for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Annotated, TypeVar

import msgspec
from aiohttp import web

from bot.audit.actor import Actor
from bot.conversations.intake import IntakeError
from bot.conversations.refusals import NotHeldError, SnoozeError, TakenError
from bot.conversations.states import StateError
from bot.desk import keys
from bot.desk.conflict import Conflict
from bot.desk.timeline import shown_message, shown_note
from bot.http import keys as http_keys
from bot.http.body import as_json, convert, read_json
from bot.http.problems import Problem, wrong_field
from bot.staff.accounts import active_account, actor_of

_Body = TypeVar("_Body")
_LONGEST_SNOOZE = timedelta(days=366)


class Nothing(msgspec.Struct, frozen=True):
    """A call that needs no more words."""


class Assign(msgspec.Struct, frozen=True):
    """Whom to give the conversation to, by the id that `GET staff` gives."""

    staff_id: str


class Reply(msgspec.Struct, frozen=True):
    """What to say to the traveller; sent again with the same id, it is not said again."""

    text: str
    client_message_id: str


class AddNote(msgspec.Struct, frozen=True):
    """A private note; sent again with the same id, it is not stored again."""

    text: str
    client_note_id: str


class Snooze(msgspec.Struct, frozen=True):
    """Until when to put the conversation aside: an instant with an offset."""

    until: Annotated[datetime, msgspec.Meta(tz=True)]


class HandBack(msgspec.Struct, frozen=True):
    """The line that the traveller reads when the guide goes on."""

    line: str


class IsTyping(msgspec.Struct, frozen=True):
    """Whether the assignee writes."""

    on: bool


class HaveRead(msgspec.Struct, frozen=True):
    """The newest message seen."""

    seq: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


async def take(request: web.Request) -> web.Response:
    """`POST take`. 409 `taken` names who was first."""
    await _body(request, Nothing)
    with _refusals():
        await request.app[keys.HANDOVER].take(_id(request), _actor(request))
    return as_json({})


async def assign(request: web.Request) -> web.Response:
    """`POST assign`: to somebody who may sign in; what somebody else has, a supervisor only reassigns."""
    body = await _body(request, Assign)
    async with request.app[keys.DATABASE].read_once() as session:
        account = await active_account(session, body.staff_id)
    if account is None:
        raise wrong_field("staff_id", "expected the id of somebody of the staff who may sign in")
    from_others = request[keys.STAFF].may("supervisor")
    with _refusals():
        await request.app[keys.HANDOVER].assign(
            _id(request), _actor(request), actor_of(account), from_others=from_others
        )
    return as_json({})


async def reply(request: web.Request) -> web.Response:
    """`POST reply`: gives the message as it is stored."""
    body = await _body(request, Reply)
    with _refusals(client_message_id="client_message_id"):
        message = await request.app[keys.HANDOVER].reply(
            _id(request), _actor(request), body.text, body.client_message_id
        )
    return as_json(shown_message(message))


async def add_note(request: web.Request) -> web.Response:
    """`POST notes`: gives the note as it is stored."""
    body = await _body(request, AddNote)
    with _refusals(client_message_id="client_note_id"):
        note = await request.app[keys.HANDOVER].add_note(_id(request), _actor(request), body.text, body.client_note_id)
    return as_json(shown_note(note))


async def snooze(request: web.Request) -> web.Response:
    """`POST snooze`."""
    body = await _body(request, Snooze)
    if body.until > request.app[http_keys.CLOCK]() + _LONGEST_SNOOZE:
        raise wrong_field("until", f"expected an instant within {_LONGEST_SNOOZE.days} days; resolve it instead")
    with _refusals():
        await request.app[keys.HANDOVER].snooze(_id(request), _actor(request), body.until)
    return as_json({})


async def wake(request: web.Request) -> web.Response:
    """`POST wake`."""
    await _body(request, Nothing)
    with _refusals():
        await request.app[keys.HANDOVER].wake(_id(request), _actor(request))
    return as_json({})


async def resolve(request: web.Request) -> web.Response:
    """`POST resolve`."""
    await _body(request, Nothing)
    with _refusals():
        await request.app[keys.HANDOVER].resolve(_id(request), _actor(request))
    return as_json({})


async def hand_back(request: web.Request) -> web.Response:
    """`POST hand-back`."""
    body = await _body(request, HandBack)
    with _refusals(text="line"):
        await request.app[keys.HANDOVER].hand_back(_id(request), _actor(request), body.line)
    return as_json({})


async def typing(request: web.Request) -> web.Response:
    """`POST typing`: shown to the traveller where it comes from the assignee, else nothing."""
    body = await _body(request, IsTyping)
    await request.app[keys.HANDOVER].typing(_id(request), _actor(request), body.on)
    return as_json({})


async def read(request: web.Request) -> web.Response:
    """`POST read`: moves the read mark forward where nobody else has the conversation, else nothing."""
    body = await _body(request, HaveRead)
    await request.app[keys.HANDOVER].read_by_staff(_id(request), _actor(request), body.seq)
    return as_json({})


@contextmanager
def _refusals(**fields: str) -> Iterator[None]:
    """Turns the refusals of the record into problems; `fields` are the call's names for the record's."""
    try:
        yield
    except TakenError as error:
        raise Conflict("taken", str(error), error.by) from error
    except NotHeldError as error:
        raise Conflict("not-held", str(error), error.by) from error
    except StateError as error:
        raise Problem(409, "wrong-state", str(error)) from error
    except SnoozeError as error:
        raise wrong_field("until", str(error)) from error
    except IntakeError as error:
        raise wrong_field(fields.get(error.field, error.field), error.detail) from error


async def _body(request: web.Request, kind: type[_Body]) -> _Body:
    return convert(await read_json(request), kind)


def _id(request: web.Request) -> str:
    return request[http_keys.CONVERSATION_ID]


def _actor(request: web.Request) -> Actor:
    return request[keys.STAFF].actor
