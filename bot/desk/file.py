"""The calls about a traveller's file: a look at it, and corrections; only where the conversation proved whose it is.

Everything is audited in its own transaction, looks too. Corrections are for who has the conversation, and for
supervisors; whoever watches the conversation is told.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import msgspec
from aiohttp import web
from sqlalchemy.exc import NoResultFound
from sqlalchemy.ext.asyncio import AsyncSession

from bot.applicants.corrections import Correcting, NoSuchCorrectionError, note_look
from bot.applicants.identity import proved_applicant
from bot.applicants.lookup import applicant_file
from bot.applicants.refusal import CorrectionRefusedError
from bot.applicants.told_trip import CorrectionFaultsError
from bot.conversations import event_names
from bot.conversations.broadcast import Changed
from bot.conversations.held import locked
from bot.conversations.refusals import NotHeldError
from bot.desk import keys
from bot.desk.actions import Nothing
from bot.desk.case_card import CaseCard, case_card
from bot.desk.conflict import Conflict
from bot.http import keys as http_keys
from bot.http.body import as_json, convert, read_json
from bot.http.problems import FieldError, Problem, wrong_fields


class MarkShared(msgspec.Struct, frozen=True):
    """The CBSA part was shared with CBP at an instant, or by now."""

    shared_at: Any = None


class AddTrip(msgspec.Struct, frozen=True):
    """A trip the file does not have; departures without offset are by the clock of their airport."""

    segments: Any


async def show(request: web.Request) -> web.Response:
    """`GET file`: the case card; an audited look."""
    conversation_id = request[http_keys.CONVERSATION_ID]
    async with request.app[keys.DATABASE].write() as session:
        applicant_id = await _proved(session, conversation_id)
        now = request.app[http_keys.CLOCK]()
        actor = request[keys.STAFF].actor
        await note_look(session, actor, applicant_id, now, {"conversation": conversation_id})
        card = await _card(request, session, applicant_id)
    return as_json(card)


async def mark_cbsa_completed(request: web.Request) -> web.Response:
    """`POST file/cbsa-completed`: gives the file as it then is, as all corrections do."""
    convert(await read_json(request), Nothing)
    async with _correcting(request) as correcting:
        await correcting.mark_cbsa_completed()
        card = await _card(request, correcting.session, correcting.applicant_id)
    return _corrected(request, card)


async def mark_cbsa_shared(request: web.Request) -> web.Response:
    """`POST file/cbsa-shared`."""
    body = convert(await read_json(request), MarkShared)
    async with _correcting(request) as correcting:
        await correcting.mark_cbsa_shared(body.shared_at)
        card = await _card(request, correcting.session, correcting.applicant_id)
    return _corrected(request, card)


async def add_trip(request: web.Request) -> web.Response:
    """`POST file/trips`."""
    body = convert(await read_json(request), AddTrip)
    async with _correcting(request) as correcting:
        await correcting.add_trip(body.segments)
        card = await _card(request, correcting.session, correcting.applicant_id)
    return _corrected(request, card)


async def withdraw(request: web.Request) -> web.Response:
    """`POST file/corrections/{correction}/withdraw`."""
    convert(await read_json(request), Nothing)
    async with _correcting(request, event_names.CORRECTION_WITHDRAWN) as correcting:
        await correcting.withdraw(request.match_info["correction"])
        card = await _card(request, correcting.session, correcting.applicant_id)
    return _corrected(request, card)


@asynccontextmanager
async def _correcting(request: web.Request, event: str = event_names.FILE_CORRECTED) -> AsyncIterator[Correcting]:
    """A correction, noted in the conversation it is made in; held, so who loses it meanwhile corrects no more."""
    conversation_id = request[http_keys.CONVERSATION_ID]
    staff, now = request[keys.STAFF], request.app[http_keys.CLOCK]()
    with _refusals():
        async with request.app[keys.DATABASE].write() as session, locked(session, conversation_id) as held:
            applicant_id = await _proved(session, conversation_id)
            if held.row.assignee_id != staff.actor.id and not staff.may("supervisor"):
                raise Conflict("not-held", str(NotHeldError(held.holder)), held.holder)
            policy = request.app[http_keys.POLICY]
            yield Correcting(session, applicant_id, staff.actor, now, policy, {"conversation": conversation_id})
            held.note(event, now, {"by": staff.actor.name})


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except NoResultFound as error:  # erased since the guard looked
        raise Problem(404, "no-such-conversation", "there is no such conversation for you") from error
    except CorrectionRefusedError as error:
        raise Problem(409, error.reason, str(error)) from error
    except CorrectionFaultsError as error:
        parts = [line.partition(": ") for line in error.errors]
        raise wrong_fields([FieldError(field, detail) for field, _, detail in parts]) from error
    except NoSuchCorrectionError as error:
        raise Problem(404, "no-such-correction", "the file has no correction of this id") from error


async def _proved(session: AsyncSession, conversation_id: str) -> str:
    applicant_id = await proved_applicant(session, conversation_id)
    if applicant_id is None:
        raise Problem(404, "identity-not-proved", "nobody has proved in this conversation whose file it is about")
    return applicant_id


async def _card(request: web.Request, session: AsyncSession, applicant_id: str) -> CaseCard:
    applicant = await applicant_file(session, applicant_id)
    assert applicant is not None  # who proved to be somebody is in the register
    now, policy = request.app[http_keys.CLOCK](), request.app[http_keys.POLICY]
    return case_card(applicant, now, policy, request[keys.STAFF].language)


def _corrected(request: web.Request, card: CaseCard) -> web.Response:
    request.app[http_keys.CONVERSATIONS].broadcast.tell(request[http_keys.CONVERSATION_ID], Changed())
    return as_json(card)
