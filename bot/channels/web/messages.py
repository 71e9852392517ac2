"""`POST` and `GET /api/v1/conversations/{id}/messages`."""

from aiohttp import web

from bot.channels.web.access import conversation_of
from bot.conversations.intake import IntakeError, SendMessage, TextTooLongError
from bot.conversations.transcript import Transcript
from bot.http import keys
from bot.http.body import as_json, convert, read_json
from bot.http.problems import FieldError, Problem, too_many, wrong_field

_LARGEST_SEQ = 2**31 - 1


async def send(request: web.Request) -> web.Response:
    """Takes a message in and gives it as stored with the replies to it."""
    conversation_id = await conversation_of(request)
    message = convert(await read_json(request), SendMessage)
    return as_json(await take(request, conversation_id, message))


async def take(request: web.Request, conversation_id: str, message: SendMessage) -> Transcript:
    """One message through the limiter and the record. Raises Problem 413, 422 or 429."""
    wait = await request.app[keys.MESSAGE_LIMITER].take(conversation_id)
    if wait:
        raise too_many(wait, "messages in this conversation")
    try:
        return await request.app[keys.CONVERSATIONS].receive(conversation_id, message)
    except TextTooLongError as error:
        raise Problem(413, "text-too-long", str(error), errors=[FieldError(error.field, error.detail)]) from error
    except IntakeError as error:
        raise wrong_field(error.field, error.detail) from error


async def catch_up(request: web.Request) -> web.Response:
    """Gives what came after message number `after`."""
    conversation_id = await conversation_of(request)
    return as_json(await request.app[keys.CONVERSATIONS].catch_up(conversation_id, after(request)))


def after(request: web.Request) -> int:
    """The query's `after`, 0 without it. Raises Problem 422."""
    written = request.query.get("after", "0")
    if not (written.isascii() and written.isdigit()):
        raise wrong_field("after", "expected a message number, 0 or more")
    return min(int(written[:20]), _LARGEST_SEQ)
