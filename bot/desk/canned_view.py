"""`GET conversations/{id}/canned`: the replies staff may put into the box, filled in for this conversation."""

from aiohttp import web
from sqlalchemy import select

from bot.applicants.corrections import note_look
from bot.applicants.identity import proved_applicant
from bot.applicants.models import Applicant
from bot.desk import keys
from bot.desk.canned import Moment
from bot.http import keys as http_keys
from bot.http.body import as_json


async def show(request: web.Request) -> web.Response:
    """Gives the replies. Where identity is proved they hold the traveller's name, which is a look at the file."""
    now = request.app[http_keys.CLOCK]()
    moment = Moment(
        agent=request[keys.STAFF].actor.name,
        traveller=await _traveller(request),
        next_opening=request.app[keys.STAFFED].next_opening(now),
        now=now,
    )
    return as_json({"replies": request.app[keys.CANNED].filled(moment)})


async def _traveller(request: web.Request) -> str | None:
    database, conversation_id = request.app[keys.DATABASE], request[http_keys.CONVERSATION_ID]
    async with database.read_once() as session:
        applicant_id = await proved_applicant(session, conversation_id)
    if applicant_id is None:
        return None
    async with database.write() as session:
        # Asked again, since the proof may be forgotten in between.
        if await proved_applicant(session, conversation_id) != applicant_id:
            return None
        name = await session.scalar(select(Applicant.name).where(Applicant.id == applicant_id))
        data = {"conversation": conversation_id, "part": "name"}
        await note_look(session, request[keys.STAFF].actor, applicant_id, request.app[http_keys.CLOCK](), data)
    return name
