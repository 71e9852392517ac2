"""Every address of the guide, each with its description beside it; the only place that lists them."""

from aiohttp import web

from bot.channels.web import conversations, guidance, identity_form, messages, openapi, pages, socket
from bot.channels.web.openapi import Content, Operation, Parameter, Route
from bot.conversations.intake import SendMessage
from bot.conversations.transcript import StartedConversation, Transcript
from bot.guidance.case import Case
from bot.guidance.ruling import Ruling
from bot.http import health, metrics
from bot.http.readiness import Ready

_API = "/api/v1"
_ID = Parameter("id", "path", "The conversation's id", {"type": "string"}, required=True)
_AFTER = Parameter("after", "query", "The last `seq` the client has", {"type": "integer", "minimum": 0, "default": 0})
_LANG = Parameter("lang", "query", "Before `Accept-Language`", {"type": "string", "enum": ["en", "fr"]})
_LINK = Parameter("token", "path", "From the link in the conversation", {"type": "string"}, required=True)
_FILE = Parameter("name", "path", "The file's name", {"type": "string"}, required=True)
_HTML = Content("text/html", {"type": "string"})

ROUTES: tuple[Route, ...] = (
    Route(
        "POST",
        f"{_API}/conversations",
        conversations.start,
        Operation(
            "Start a conversation",
            "The token opens this conversation and nothing else; it is given only here.",
            request=Content("application/json", conversations.StartConversation),
            responses={
                201: ("The new conversation with its greeting", Content("application/json", StartedConversation))
            },
            problems=(400, 413, 415, 422, 429),
        ),
    ),
    Route(
        "POST",
        f"{_API}/conversations/{{id}}/messages",
        messages.send,
        Operation(
            "Send a message",
            "Gives the message as stored, then the replies in order. The same `client_message_id` again gives the same "
            "answer and stores nothing twice. What was answered 200 is on disk.",
            request=Content("application/json", SendMessage),
            responses={200: ("The message and the replies", Content("application/json", Transcript))},
            problems=(400, 401, 404, 413, 415, 422, 429),
            parameters=(_ID,),
            token=True,
        ),
    ),
    Route(
        "GET",
        f"{_API}/conversations/{{id}}/messages",
        messages.catch_up,
        Operation(
            "Catch up",
            "What came after `after`, in order, for a client whose connection broke.",
            responses={200: ("The messages", Content("application/json", Transcript))},
            problems=(401, 404, 422),
            parameters=(_ID, _AFTER),
            token=True,
        ),
    ),
    Route(
        "GET",
        f"{_API}/conversations/{{id}}/ws",
        socket.watch,
        Operation(
            "Watch a conversation (WebSocket)",
            'The client\'s first frame is `{"type": "auth", "token": …}` (schema `Auth`); then it may send `Send`, '
            "`SendTyping`, `SendRead` and `Ping`. The server sends `Ready`, then `Message` for everything after "
            "`after`, and `Typing`, `Read`, `StateChanged`, `Delivered`, `Failed` and `Pong` as they come.",
            responses={101: ("The connection is a WebSocket now", None)},
            problems=(403, 422, 426),
            parameters=(_ID, _AFTER),
        ),
    ),
    Route(
        "POST",
        f"{_API}/guidance",
        guidance.guidance,
        Operation(
            "Rule on a case",
            "One case gives one ruling, an array of cases gives an array of rulings.",
            request=Content("application/json", Case, or_array=True),
            responses={200: ("The ruling, or the rulings", Content("application/json", Ruling, or_array=True))},
            problems=(400, 413, 415, 422),
            parameters=(_LANG,),
        ),
    ),
    Route(
        "GET",
        f"{_API}/openapi.json",
        openapi.serve,
        Operation(
            "This description", responses={200: ("OpenAPI 3.1", Content("application/json", {"type": "object"}))}
        ),
    ),
    Route(
        "GET",
        "/healthz",
        health.alive,
        Operation("Alive", responses={200: ("The process answers", Content("application/json", {"type": "object"}))}),
    ),
    Route(
        "GET",
        "/readyz",
        health.ready,
        Operation(
            "Ready",
            responses={
                200: ("Model loaded, database reachable, migrations applied", Content("application/json", Ready)),
                503: ("Something is missing", Content("application/json", Ready)),
            },
        ),
    ),
    Route(
        "GET",
        metrics.PATH,
        metrics.metrics,
        Operation(
            "Numbers for Prometheus",
            "For whoever brings METRICS_TOKEN as a bearer. Where none is set, only for a client on this machine, and "
            "only while PUBLIC_URL is on this machine too.",
            responses={200: ("Prometheus' text form, version 0.0.4", Content("text/plain", {"type": "string"}))},
            problems=(401, 404),
        ),
    ),
    Route(
        "GET",
        "/verify/{token}",
        identity_form.show,
        Operation(
            "The identity form",
            responses={200: ("The form", _HTML), 410: ("The link is dead", _HTML)},
            parameters=(_LINK, _LANG),
        ),
    ),
    Route(
        "POST",
        "/verify/{token}",
        identity_form.prove,
        Operation(
            "Prove one's identity",
            request=Content(
                "application/x-www-form-urlencoded",
                {
                    "type": "object",
                    "required": ["number", "birth_date"],
                    "properties": {
                        "number": {"type": "string", "maxLength": 64},
                        "birth_date": {"type": "string", "format": "date"},
                    },
                },
            ),
            responses={
                200: ("Proved", _HTML),
                410: ("The link is dead", _HTML),
                422: ("Not proved: the form again, the same for unknown and wrong", _HTML),
                429: ("Locked; see Retry-After", _HTML),
            },
            problems=(400, 413, 415),
            parameters=(_LINK, _LANG),
        ),
    ),
    Route("GET", "/", pages.front, Operation("The page with the chat", responses={200: ("The page", _HTML)})),
    Route(
        "GET",
        "/static/{name}",
        pages.static,
        Operation(
            "A file of the page",
            responses={200: ("The file", Content("application/octet-stream", {})), 304: ("Not changed", None)},
            problems=(404,),
            parameters=(_FILE,),
        ),
    ),
)


def set_up_routes(app: web.Application) -> None:
    """Adds every route to the application."""
    for route in ROUTES:
        app.router.add_route(route.method, route.path, route.handler)
        if route.method == "GET" and not route.path.endswith("/ws"):
            app.router.add_route("HEAD", route.path, route.handler)
