"""What travels with the application and with a request at the desk, each under a typed key."""

from typing import TYPE_CHECKING

from aiohttp import web

from bot.db.engine import Database
from bot.desk.signed_in import SignedIn
from bot.staff.sessions import OpenSession, Sessions

if TYPE_CHECKING:
    from bot.conversations.handover import Handover

DATABASE = web.AppKey("desk_database", Database)
SESSIONS = web.AppKey("desk_sessions", Sessions)
HANDOVER: "web.AppKey[Handover]" = web.AppKey("desk_handover")

STAFF: web.RequestKey[SignedIn] = web.RequestKey("staff", SignedIn)
"""Set by the guard on every route that needs somebody signed in."""

SESSION: web.RequestKey[OpenSession] = web.RequestKey("staff_session", OpenSession)
"""Set by the guard wherever a session is open, also one whose second factor is due."""
