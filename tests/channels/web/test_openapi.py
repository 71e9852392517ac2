"""The API's description says what is there."""

from typing import Any

import jsonschema
import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from openapi_spec_validator import openapi_v31_spec_validator

from tests.channels.web.conftest import Guide
from tests.channels.web.test_guidance import CASE


@pytest.fixture
async def document(guide: Guide) -> dict[str, Any]:
    response = await guide.client.get("/api/v1/openapi.json")
    assert response.status == 200
    served: dict[str, Any] = await response.json()
    return served


async def test_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    openapi_v31_spec_validator.validate(document)


async def test_describes_every_route_but_the_desks_and_nothing_else(guide: Guide, document: dict[str, Any]) -> None:
    assert guide.client.app is not None
    routed = {
        (route.method, route.resource.canonical)
        for route in guide.client.app.router.routes()
        if route.resource is not None and route.method != "HEAD" and not route.resource.canonical.startswith("/desk")
    }
    described = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert routed <= described
    assert {(method, await _served_by(guide.client.app, method, path)) for method, path in described} == routed


async def _served_by(app: web.Application, method: str, path: str) -> str | None:
    """The route that answers: one address may be described more closely than its route, which serves others too."""
    match = await app.router.resolve(make_mocked_request(method, path.replace("{", "").replace("}", "")))
    return None if match.route.resource is None else match.route.resource.canonical


def test_every_operation_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    addresses = [*document["paths"].values(), *document["webhooks"].values()]
    operations = [each for path in addresses for each in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("path", ["start", "send", "catch_up", "guidance", "wrong", "ready"])
async def test_what_is_answered_is_what_is_described(guide: Guide, document: dict[str, Any], path: str) -> None:
    talk = await guide.start()
    api = "/api/v1/conversations"
    sent = await talk.send("verify")
    response, described, status = {
        "start": (await guide.client.post(api, json={}), document["paths"][api]["post"], "201"),
        "send": (sent, document["paths"][f"{api}/{{id}}/messages"]["post"], "200"),
        "catch_up": (
            await guide.client.get(f"{talk.path}/messages", headers=talk.headers),
            document["paths"][f"{api}/{{id}}/messages"]["get"],
            "200",
        ),
        "guidance": (
            await guide.client.post("/api/v1/guidance", json=CASE),
            document["paths"]["/api/v1/guidance"]["post"],
            "200",
        ),
        "wrong": (await talk.send(""), document["paths"][f"{api}/{{id}}/messages"]["post"], "422"),
        "ready": (await guide.client.get("/readyz"), document["paths"]["/readyz"]["get"], "200"),
    }[path]
    assert str(response.status) == status
    schema = described["responses"][status]["content"][response.content_type]["schema"]
    jsonschema.Draft202012Validator({**schema, "components": document["components"]}).validate(await response.json())
