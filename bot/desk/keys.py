"""What travels with the application and with a request at the desk, each under a typed key."""

from typing import TYPE_CHECKING

from aiohttp import web

from bot.conversations.limits import Limiter
from bot.conversations.staffed_hours import StaffedHours
from bot.db.engine import Database
from bot.desk.canned import CannedReplies
from bot.desk.signed_in import SignedIn
from bot.staff.own_account import OwnAccount
from bot.staff.sessions import OpenSession, Sessions
from bot.staff.sign_in import SignIn

if TYPE_CHECKING:
    from bot.conversations.handover import Handover
    from bot.desk.looks import Looks
    from bot.desk.socket import Places

DATABASE = web.AppKey("desk_database", Database)
SESSIONS = web.AppKey("desk_sessions", Sessions)
SIGN_IN = web.AppKey("desk_sign_in", SignIn)
SIGN_IN_LIMITER: web.AppKey[Limiter] = web.AppKey("desk_sign_in_limiter")
OWN_ACCOUNT = web.AppKey("desk_own_account", OwnAccount)
STAFFED = web.AppKey("desk_staffed", StaffedHours)
CANNED = web.AppKey("desk_canned", CannedReplies)
HANDOVER: "web.AppKey[Handover]" = web.AppKey("desk_handover")
LOOKS: "web.AppKey[Looks]" = web.AppKey("desk_looks")
PLACES: "web.AppKey[Places]" = web.AppKey("desk_places")

STAFF: web.RequestKey[SignedIn] = web.RequestKey("staff", SignedIn)
"""Set by the guard on every route that needs somebody signed in."""

SESSION: web.RequestKey[OpenSession] = web.RequestKey("staff_session", OpenSession)
"""Set by the guard wherever a session is open, also one whose second factor is due."""
