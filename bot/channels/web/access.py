"""Who may see a conversation: whoever holds its token."""

from collections.abc import Callable

from aiohttp import web

from bot.http import keys
from bot.http.problems import Problem, no_such_conversation


async def conversation_of(request: web.Request) -> str:
    """The id of the conversation in the address, if the request's token opens it.

    A token that opens nothing is 401. A token that opens another conversation is 404, whether or not the one in the
    address exists, so that nobody learns which exist.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise unauthorized()
    return await opened(request, token.strip(), unauthorized)


async def opened(request: web.Request, token: str, refusal: Callable[[], Problem]) -> str:
    """As `conversation_of`, for a token that came another way; `refusal` makes the 401."""
    conversation_id = await request.app[keys.CONVERSATIONS].opened_by(token) if token else None
    if conversation_id is None:
        raise refusal()
    if conversation_id != request.match_info["id"]:
        raise no_such_conversation()
    request[keys.CONVERSATION_ID] = conversation_id
    return conversation_id


def unauthorized(where: str = "the header Authorization: Bearer") -> Problem:
    """401: no token, or one that opens nothing; `where` says in what it was expected."""
    return Problem(401, "no-token", f"expected {where} with the conversation's token")
