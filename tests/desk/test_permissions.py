"""The one table of the desk's addresses, driven whole: whoever adds a line to it is tested here."""

import re

import pytest
from aiohttp import ClientResponse, web

from bot.app import create_app
from bot.db.engine import Database
from bot.desk.guard import DeskRoute
from bot.desk.routes import ROUTES
from bot.desk.session_cookie import CSRF_HEADER
from bot.settings import Settings
from bot.staff.roles import ROLES, Role
from tests.desk.clerks import OWN_ORIGIN, Clerk, Desk
from tests.desk.conftest import Known
from tests.desk.inserted import ago, conversation, once_held
from tests.record.scripted import ScriptedDialogue, Watch

SIGNED_OUT = (401, "signed-out")
SECOND_FACTOR_DUE = (401, "second-factor-due")
FOREIGN = (403, "foreign-origin")
FORGED = (403, "bad-csrf")
PASSWORD_DUE = (403, "password-change-due")
WRONG_ROLE = (403, "wrong-role")
NOT_THERE = (404, "no-such-conversation")
REFUSALS = {SIGNED_OUT, SECOND_FACTOR_DUE, FOREIGN, FORGED, PASSWORD_DUE, WRONG_ROLE, NOT_THERE}
Answer = tuple[int, str]


async def _ask(clerk: Clerk, route: DeskRoute, conversation_id: str = "nothing", **headers: str | None) -> Answer:
    path = re.sub(r"{\w+}", "nothing", route.path.replace("{id}", conversation_id))
    if route.method == "POST":
        return await _answer(await clerk.post(path, headers=headers, allow_redirects=False))
    own = {"Origin": OWN_ORIGIN if route.socket else None, **headers}
    kept = {name: value for name, value in own.items() if value is not None}
    return await _answer(await clerk.get(path, headers=kept, allow_redirects=False))


async def _answer(response: ClientResponse) -> Answer:
    kind = ""
    if response.content_type == "application/problem+json":
        kind = (await response.json())["type"].rpartition(":")[2]
    response.close()
    return response.status, kind


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
async def test_every_route_is_for_whom_the_table_says(desk: Desk, route: DeskRoute) -> None:
    visitor, agent, supervisor = await desk.visitor(), await desk.sign_in(), await desk.sign_in("supervisor")
    administrator = await desk.sign_in("administrator")
    assert agent.account is not None
    theirs = await conversation(desk.database, "t: Hi", state="human", assignee_id="staff:bo", assignee_name="Bo")
    own = await conversation(desk.database, "t: Hi", state="human", assignee_id=agent.actor.id, assignee_name="Alex")
    clerks: dict[Role, Clerk] = {"agent": agent, "supervisor": supervisor, "administrator": administrator}

    if route.need == "anyone":
        assert await _ask(visitor, route) not in REFUSALS
    else:
        assert await _ask(visitor, route, theirs) == SIGNED_OUT
        half = await desk.browser_of(agent.account, second_factor_due=True)
        assert await _ask(half, route, own) == SECOND_FACTOR_DUE
        fresh = await desk.sign_in("administrator", must_change_password=True)
        refused = await _ask(fresh, route, own)
        assert (refused == PASSWORD_DUE) is not route.password_may_be_due

    least: Role = "agent" if route.need == "anyone" or route.need == "signed_in" else route.need  # noqa: PLR1714
    for role in ROLES:
        if ROLES.index(role) < ROLES.index(least):
            assert await _ask(clerks[role], route, own) == WRONG_ROLE
        elif route.object is None:
            assert await _ask(clerks[role], route) not in REFUSALS

    if route.object is not None:
        assert await _ask(agent, route, "nothing") == NOT_THERE
        assert await _ask(supervisor, route, "nothing") == NOT_THERE
        nobodys = await conversation(desk.database, "t: Hi")
        assert await _ask(agent, route, nobodys) == NOT_THERE
        expected = {NOT_THERE} if route.object == "conversation" else {(409, "taken")}
        assert await _ask(agent, route, theirs) in expected
        assert await _ask(supervisor, route, theirs) not in REFUSALS
        assert await _ask(agent, route, own) not in REFUSALS

    right = clerks[least]
    if route.method == "POST":
        assert await _ask(right, route, own, **{CSRF_HEADER: None}) == FORGED
        assert await _ask(right, route, own, **{CSRF_HEADER: supervisor.csrf[::-1]}) == FORGED
        assert await _ask(right, route, own, **{CSRF_HEADER: visitor.csrf}) == FORGED
    if route.method == "POST" or route.socket:
        assert await _ask(right, route, own, Origin="https://evil.example") == FOREIGN
        assert await _ask(right, route, own, Origin="null") == FOREIGN
        assert await _ask(right, route, own, Origin=None) == FOREIGN


async def test_an_agent_sees_what_waits_is_theirs_or_was_and_nothing_else(desk: Desk) -> None:
    route = next((each for each in ROUTES if each.object == "conversation" and each.method == "GET"), None)
    if route is None:
        pytest.skip("no route shows a conversation yet")
    agent = await desk.sign_in()
    waits = await conversation(desk.database, "t: Hi", state="waiting", waiting_since=ago(5))
    held = await conversation(desk.database, "t: Hi", state="closed")
    assert await _ask(agent, route, held) == NOT_THERE
    await once_held(desk.database, held, agent.actor)
    assert await _ask(agent, route, waits) == (200, "")
    assert await _ask(agent, route, held) == (200, "")


def test_the_application_has_no_desk_address_outside_the_table(
    desk_app: web.Application,
    desk_settings: Settings,
    desk_dialogue: ScriptedDialogue,
    desk_known: Known,
    sqlite_database: Database,
) -> None:
    whole = create_app(
        desk_settings,
        clock=Watch(),
        database=sqlite_database,
        dialogue=desk_dialogue,
        policy=desk_known.policy,
        catalogue=desk_known.catalogue,
    )
    listed = {(route.method, route.path) for route in ROUTES}
    listed |= {("HEAD", route.path) for route in ROUTES if route.method == "GET" and not route.socket}
    assert _addresses(desk_app) == listed
    assert _addresses(whole) <= listed


def _addresses(app: web.Application) -> set[tuple[str, str]]:
    found = set()
    for route in app.router.routes():
        assert route.resource is not None
        if route.resource.canonical.startswith("/desk"):
            found.add((route.method, route.resource.canonical))
    return found
