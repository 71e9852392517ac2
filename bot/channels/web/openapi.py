"""The API's description, OpenAPI 3.1, made from the routes and from the types that the handlers use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from aiohttp import web

from bot.channels.web import socket_frames
from bot.conversations.transcript import MessageMeta
from bot.guidance.ruling import Ruling
from bot.http import keys
from bot.http.body import as_json
from bot.http.problems import MEDIA_TYPE, Handler, ProblemDetails

_REFERENCE = "#/components/schemas/{name}"
# Named in descriptions or in other schemas, not in any route.
_MENTIONED = (
    MessageMeta,
    Ruling,
    ProblemDetails,
    socket_frames.Auth,
    socket_frames.Send,
    socket_frames.SendTyping,
    socket_frames.SendRead,
    socket_frames.Ping,
    socket_frames.Ready,
    socket_frames.Message,
    socket_frames.Typing,
    socket_frames.Read,
    socket_frames.StateChanged,
    socket_frames.Delivered,
    socket_frames.Failed,
    socket_frames.Pong,
)
_PROBLEMS = {
    400: "The body is not JSON",
    401: "No token, or one that opens nothing",
    403: "A page of a foreign origin",
    404: "No such thing, also where it is somebody else's",
    413: "The text has more than 2,000 characters, or the body is too large",
    415: "The body is of another media type",
    422: "A field is wrong; `errors` names it",
    426: "Not a WebSocket request",
    429: "Too many; see the header `Retry-After`",
}


@dataclass(frozen=True)
class Content:
    """A body: its media type, and a type of ours or a JSON Schema; `or_array` where several may come at once."""

    media_type: str
    shape: Any
    or_array: bool = False


@dataclass(frozen=True)
class Parameter:
    """A parameter in the path or the query."""

    name: str
    place: str
    description: str
    schema: Mapping[str, Any]
    required: bool = False


@dataclass(frozen=True)
class Operation:
    """What one method of one address does; `name` is its own where its handler serves several."""

    summary: str
    description: str = ""
    responses: Mapping[int, tuple[str, Content | None]] = field(default_factory=dict)
    request: Content | None = None
    problems: Sequence[int] = ()
    parameters: Sequence[Parameter] = ()
    token: bool = False
    name: str = ""


@dataclass(frozen=True)
class Route:
    """An address, who answers, and what is said about it."""

    method: str
    path: str
    handler: Handler
    operation: Operation


def document(routes: Sequence[Route], webhooks: Mapping[str, Operation] | None = None) -> dict[str, Any]:
    """The OpenAPI document of `routes`, and of the calls that the guide itself makes, by name."""
    calls = dict(webhooks or {})
    contents = [content for route in routes for content in _contents(route.operation)]
    contents += [content for operation in calls.values() for content in _contents(operation)]
    types = {each.shape: None for each in contents if not isinstance(each.shape, Mapping)} | dict.fromkeys(_MENTIONED)
    schemas, components = msgspec.json.schema_components(types, ref_template=_REFERENCE)
    schema_of = dict(zip(types, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        name = route.operation.name or f"{route.handler.__module__.rpartition('.')[2]}_{route.handler.__name__}"
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(name, route.operation, schema_of)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "NEXUS interview guide",
            "version": "1",
            "description": "What a web page, a messaging gateway or a kiosk may rely on. Fields may be added.",
        },
        "paths": paths,
        "webhooks": {
            name: {"post": _operation(operation.name, operation, schema_of)} for name, operation in calls.items()
        },
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _contents(operation: Operation) -> list[Content]:
    answers = [content for _, content in operation.responses.values() if content is not None]
    return answers if operation.request is None else [operation.request, *answers]


def _operation(name: str, operation: Operation, schema_of: Mapping[Any, Any]) -> dict[str, Any]:
    responses: dict[str, Any] = {
        str(status): {"description": text, **_body(content, schema_of)}
        for status, (text, content) in operation.responses.items()
    }
    problem = {MEDIA_TYPE: {"schema": schema_of[ProblemDetails]}}
    for status in operation.problems:
        responses[str(status)] = {"description": _PROBLEMS[status], "content": problem}
        if status == 429:
            responses["429"]["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}}
    described: dict[str, Any] = {
        "operationId": name,
        "summary": operation.summary,
        "responses": responses,
    }
    if operation.description:
        described["description"] = operation.description
    if operation.parameters:
        described["parameters"] = [_parameter(each) for each in operation.parameters]
    if operation.request is not None:
        described["requestBody"] = {"required": True, **_body(operation.request, schema_of)}
    if operation.token:
        described["security"] = [{"token": []}]
    return described


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.description,
        "required": parameter.required,
        "schema": dict(parameter.schema),
    }


def _body(content: Content | None, schema_of: Mapping[Any, Any]) -> dict[str, Any]:
    if content is None:
        return {}
    schema = content.shape if isinstance(content.shape, Mapping) else schema_of[content.shape]
    if content.or_array:
        schema = {"oneOf": [schema, {"type": "array", "items": schema}]}
    return {"content": {content.media_type: {"schema": schema}}}


async def serve(request: web.Request) -> web.Response:
    """Gives the document."""
    return as_json(request.app[keys.OPENAPI])
