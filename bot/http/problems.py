"""Errors as RFC 9457 problem details, whatever went wrong and wherever.

Order of evaluation: a `Problem` says everything itself; aiohttp's own errors (no such page, wrong method) keep their
status and headers; a database that is away becomes a 503 to be tried again; anything else is a defect and becomes a 500
that says nothing of what happened.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus

import msgspec
from aiohttp import web

from bot.conversations.faults import whereabouts
from bot.db.error import UnavailableError

_log = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
MEDIA_TYPE = "application/problem+json"
_DATABASE_RETRY_SECONDS = 5
CLIENT_GONE = 499
"""What stands in the access log for a request whose sender hung up; nobody ever receives it."""


class FieldError(msgspec.Struct, frozen=True):
    """One thing that is wrong: `field` is its path in the request, empty for the whole."""

    field: str
    detail: str


class ProblemDetails(msgspec.Struct, frozen=True, omit_defaults=True):
    """An error, as RFC 9457 describes it; `type` tells kinds of errors apart for programs."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None


class Problem(Exception):  # noqa: N818 - RFC 9457's own word
    """A request that cannot be served; becomes a response of `status`."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {kind}: {detail}")
        self.headers = dict(headers or {})
        self.details = ProblemDetails(
            type=f"urn:nexus-guide:problem:{kind}",
            title=HTTPStatus(status).phrase,
            status=status,
            detail=detail,
            errors=list(errors) or None,
        )


def malformed(detail: str) -> Problem:
    """400: the body is no JSON."""
    return Problem(400, "malformed", detail)


def wrong_field(field: str, detail: str) -> Problem:
    """422: one field is wrong."""
    return wrong_fields([FieldError(field, detail)])


def wrong_fields(errors: Sequence[FieldError]) -> Problem:
    """422: fields are wrong; the detail names the first."""
    first = f"{errors[0].field}: {errors[0].detail}" if errors[0].field else errors[0].detail
    return Problem(422, "wrong-field", first, errors=errors)


def no_such_conversation() -> Problem:
    """404: unknown, or somebody else's, which looks the same."""
    return Problem(404, "no-such-conversation", "there is no such conversation for this token")


def too_many(seconds: int, what: str) -> Problem:
    """429: to be tried again after `seconds`."""
    detail = f"too many {what}; try again in {seconds} s"
    return Problem(429, "too-many", detail, headers={"Retry-After": str(seconds)})


def unavailable(error: UnavailableError) -> Problem:
    """503, or 507 where the disk is full: nothing was confirmed, and the same may be sent again."""
    if error.is_full:
        detail = "the guide has no room left to store anything; nothing was confirmed, so send the same again later"
        return Problem(507, "storage-full", detail, headers={"Retry-After": "60"})
    detail = "the guide cannot reach its database; nothing was confirmed, so send the same again in a few seconds"
    return Problem(503, "database-away", detail, headers={"Retry-After": str(_DATABASE_RETRY_SECONDS)})


def problem_of(error: Exception) -> Problem:
    """What is said of any other error: that the database is away, or that it is our defect."""
    if isinstance(error, UnavailableError):
        return unavailable(error)
    return Problem(500, "defect", "something went wrong on our side; what was confirmed before is kept")


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns every error into a problem response."""
    try:
        return await handler(request)
    except Problem as problem:
        return _response(problem.details, problem.headers)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _response(
            _of_aiohttp(error), {name: error.headers[name] for name in ("Allow",) if name in error.headers}
        )
    except ConnectionError:
        # The client is gone; there is nobody to tell and nothing to mend. Raised, it would be logged as our failure.
        return web.Response(status=CLIENT_GONE)
    except Exception as error:  # noqa: BLE001 - the last resort, which must not show a traceback
        _log.error("%s %s failed: %s", request.method, route_of(request), whereabouts(error))
        told = problem_of(error)
        return _response(told.details, told.headers)


def route_of(request: web.Request) -> str:
    """The route's pattern; the path itself may hold a token."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "(no route)"


def _of_aiohttp(error: web.HTTPException) -> ProblemDetails:
    kind, detail = {
        404: ("no-such-page", "there is nothing at this address"),
        405: ("wrong-method", "this address does not take this method; see the header Allow"),
    }.get(error.status, ("refused", HTTPStatus(error.status).description or HTTPStatus(error.status).phrase))
    return Problem(error.status, kind, detail).details


def _response(details: ProblemDetails, headers: Mapping[str, str]) -> web.Response:
    if details.status == 401:
        headers = {**headers, "WWW-Authenticate": "Bearer"}
    return web.Response(
        status=details.status, body=msgspec.json.encode(details), content_type=MEDIA_TYPE, headers=headers
    )
