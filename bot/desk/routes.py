"""The one table of every address of the desk: who may use it, on what. One test drives all of it."""

from aiohttp import web

from bot.conversations.limits import Rate
from bot.conversations.staffed_hours import StaffedHours
from bot.desk import (
    account,
    actions,
    audit_view,
    canned_view,
    file,
    keys,
    oidc,
    pages,
    reading,
    session_state,
    sign_in,
    socket,
    staff_list,
)
from bot.desk.canned import canned_replies
from bot.desk.guard import DeskRoute, guarded
from bot.desk.looks import Looks
from bot.desk.reports import api as reports_api
from bot.http import keys as http_keys
from bot.staff.own_account import OwnAccount
from bot.staff.passwords import Passwords
from bot.staff.sessions import Sessions
from bot.staff.sign_in import SignIn

_API = "/desk/api"
_CONVERSATION = f"{_API}/conversations/{{id}}"

_TRIES_PER_ADDRESS = Rate(burst=60, per_minute=30)
"""Guessing is slowed down by the account's own counters; this keeps a flood of tries from busying the database."""

ROUTES: tuple[DeskRoute, ...] = (
    DeskRoute("GET", "/desk", pages.desk, "anyone"),
    DeskRoute("GET", "/desk/account", pages.account, "anyone"),
    DeskRoute("GET", "/desk/audit", pages.audit, "anyone"),
    DeskRoute("GET", "/desk/reports", pages.reports, "anyone"),
    DeskRoute("GET", "/desk/static/{name}", pages.static, "anyone"),
    DeskRoute("GET", f"{_API}/session", session_state.show, "anyone"),
    DeskRoute("POST", f"{_API}/sign-in", sign_in.with_password, "anyone"),
    DeskRoute("POST", f"{_API}/sign-in/second-factor", sign_in.with_code, "anyone"),
    DeskRoute("POST", f"{_API}/sign-out", sign_in.out, "anyone"),
    DeskRoute("POST", f"{_API}/account/password", account.change_password, "signed_in", password_may_be_due=True),
    DeskRoute("POST", f"{_API}/account/totp", account.prepare_totp, "signed_in"),
    DeskRoute("POST", f"{_API}/account/totp/confirm", account.confirm_totp, "signed_in"),
    DeskRoute("POST", f"{_API}/account/totp/remove", account.remove_totp, "signed_in"),
    DeskRoute("POST", f"{_API}/account/language", account.set_language, "signed_in"),
    DeskRoute("GET", oidc.START, oidc.start, "anyone"),
    DeskRoute("GET", oidc.CALLBACK, oidc.callback, "anyone"),
    DeskRoute("GET", f"{_API}/staff", staff_list.show, "agent"),
    DeskRoute("GET", f"{_API}/conversations", reading.conversations, "agent"),
    DeskRoute("GET", f"{_API}/counts", reading.counts, "agent"),
    DeskRoute("GET", f"{_API}/search", reading.search, "agent"),
    DeskRoute("GET", _CONVERSATION, reading.one, "agent", "conversation"),
    DeskRoute("GET", f"{_CONVERSATION}/timeline", reading.transcript, "agent", "conversation"),
    DeskRoute("GET", f"{_CONVERSATION}/summary", reading.summarised, "agent", "conversation"),
    DeskRoute("POST", f"{_CONVERSATION}/take", actions.take, "agent", "conversation_to_take"),
    DeskRoute("POST", f"{_CONVERSATION}/assign", actions.assign, "agent", "conversation"),
    DeskRoute("POST", f"{_CONVERSATION}/reply", actions.reply, "agent", "conversation"),
    DeskRoute("POST", f"{_CONVERSATION}/notes", actions.add_note, "agent", "conversation"),
    DeskRoute("POST", f"{_CONVERSATION}/snooze", actions.snooze, "agent", "conversation"),
    DeskRoute("POST", f"{_CONVERSATION}/wake", actions.wake, "agent", "conversation"),
    DeskRoute("POST", f"{_CONVERSATION}/resolve", actions.resolve, "agent", "conversation"),
    DeskRoute("POST", f"{_CONVERSATION}/hand-back", actions.hand_back, "agent", "conversation"),
    DeskRoute("POST", f"{_CONVERSATION}/typing", actions.typing, "agent", "conversation"),
    DeskRoute("POST", f"{_CONVERSATION}/read", actions.read, "agent", "conversation"),
    DeskRoute("GET", f"{_CONVERSATION}/canned", canned_view.show, "agent", "conversation"),
    DeskRoute("GET", f"{_CONVERSATION}/file", file.show, "agent", "conversation"),
    DeskRoute("POST", f"{_CONVERSATION}/file/cbsa-completed", file.mark_cbsa_completed, "agent", "conversation"),
    DeskRoute("POST", f"{_CONVERSATION}/file/cbsa-shared", file.mark_cbsa_shared, "agent", "conversation"),
    DeskRoute("POST", f"{_CONVERSATION}/file/trips", file.add_trip, "agent", "conversation"),
    DeskRoute(
        "POST", f"{_CONVERSATION}/file/corrections/{{correction}}/withdraw", file.withdraw, "agent", "conversation"
    ),
    DeskRoute("GET", "/desk/ws", socket.watch, "agent", socket=True),
    DeskRoute("GET", f"{_API}/audit", audit_view.show, "supervisor"),
    DeskRoute("GET", f"{_API}/reports", reports_api.show, "supervisor"),
    DeskRoute("GET", f"{_API}/reports.csv", reports_api.export, "supervisor"),
)


def set_up_desk(app: web.Application, *, passwords: Passwords | None = None) -> None:
    """Adds every route behind its guard; the application holds settings, clock, database and hand-over already.

    `passwords` hashes with other parameters than the usual ones. Raises SettingsError.
    """
    settings, clock, database = app[http_keys.SETTINGS], app[http_keys.CLOCK], app[keys.DATABASE]
    passwords = passwords or Passwords()
    app[keys.SESSIONS] = Sessions(database, clock)
    app[keys.SIGN_IN] = SignIn(database, clock, settings.secret_key, passwords, app[keys.SESSIONS])
    app[keys.SIGN_IN_LIMITER] = app[http_keys.LIMITS].limiter("sign-in", _TRIES_PER_ADDRESS)
    app[keys.OWN_ACCOUNT] = OwnAccount(database, clock, settings.secret_key, passwords)
    app[keys.CANNED] = canned_replies()
    app[keys.STAFFED] = StaffedHours.parse(settings.staffed_hours, settings.staff_time_zone)
    oidc.set_up_oidc(app)
    app[keys.LOOKS] = Looks(database)
    app[keys.PLACES] = socket.Places()
    for route in ROUTES:
        handler = guarded(route)
        app.router.add_route(route.method, route.path, handler)
        if route.method == "GET" and not route.socket:
            app.router.add_route("HEAD", route.path, handler)
