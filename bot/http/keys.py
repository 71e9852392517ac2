"""What travels with the application, each under a typed key."""

from typing import Any
from weakref import WeakSet

from aiohttp import web

from bot.clock import Clock
from bot.conversations.limits import Limiter, Limits
from bot.conversations.service import Conversations
from bot.guidance.policy import Policy
from bot.http.readiness import Readiness
from bot.settings import Settings
from bot.texts import Catalogue

SETTINGS = web.AppKey("settings", Settings)
CLOCK: web.AppKey[Clock] = web.AppKey("clock")
CATALOGUE = web.AppKey("catalogue", Catalogue)
POLICY = web.AppKey("policy", Policy)
CONVERSATIONS = web.AppKey("conversations", Conversations)
READINESS = web.AppKey("readiness", Readiness)
OPENAPI: web.AppKey[dict[str, Any]] = web.AppKey("openapi")
SOCKETS: web.AppKey[WeakSet[web.WebSocketResponse]] = web.AppKey("sockets")

LIMITS: web.AppKey[Limits] = web.AppKey("limits")
MESSAGE_LIMITER: web.AppKey[Limiter] = web.AppKey("message_limiter")
START_LIMITER: web.AppKey[Limiter] = web.AppKey("start_limiter")
IDENTITY_LIMITER: web.AppKey[Limiter] = web.AppKey("identity_limiter")

CONVERSATION_ID: web.RequestKey[str] = web.RequestKey("conversation_id", str)
