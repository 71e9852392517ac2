"""`POST /api/v1/guidance`."""

import io
import json
from typing import Any

import pytest

from tests.channels.web.conftest import Guide
from tests.channels.web.test_messages import fields, problem

CASE: dict[str, Any] = {
    "now": "2026-11-21T09:00:00-05:00",
    "application": {
        "kind": "new",
        "status": "conditionally_approved",
        "interviews": [{"agency": "CBSA", "centre": "YVR", "state": "completed", "at": "2026-11-10T10:30:00-08:00"}],
        "shared_with_cbp_at": "2026-11-11T08:00:00-05:00",
    },
    "trips": [
        {
            "segments": [
                {"flight": "AC 550", "origin": "YVR", "destination": "LAX", "departs_at": "2026-11-25T14:00:00-08:00"}
            ]
        }
    ],
}


async def test_a_case_gives_a_ruling(guide: Guide) -> None:
    response = await guide.client.post("/api/v1/guidance", json=CASE)
    assert response.status == 200
    ruling = await response.json()
    assert ruling["cbp_on_next_flight"]["code"] == "shared_and_precleared"
    assert ruling["language"] == "en"


@pytest.mark.parametrize(
    ("query", "header", "language"), [("?lang=fr", "en", "fr"), ("", "fr-CA", "fr"), ("", "", "en")]
)
async def test_the_ruling_is_in_the_language_asked_for(guide: Guide, query: str, header: str, language: str) -> None:
    headers = {"Accept-Language": header}
    response = await guide.client.post(f"/api/v1/guidance{query}", json=CASE, headers=headers)
    assert (await response.json())["language"] == language
    assert response.headers["Content-Language"] == language


async def test_an_array_of_cases_gives_an_array_of_rulings(guide: Guide) -> None:
    response = await guide.client.post("/api/v1/guidance", json=[CASE, {"now": CASE["now"]}])
    codes = [ruling["cbp_on_next_flight"]["code"] for ruling in await response.json()]
    assert codes == ["shared_and_precleared", "no_trip_known"]
    assert await (await guide.client.post("/api/v1/guidance", json=[])).json() == []


async def test_every_wrong_field_is_named(guide: Guide) -> None:
    case = {**CASE, "now": "yesterday", "surprise": 1}
    named = fields(await problem(await guide.client.post("/api/v1/guidance", json=case), 422))
    assert {"now", "surprise"} <= set(named)
    named = fields(await problem(await guide.client.post("/api/v1/guidance", json=[CASE, {}]), 422))
    assert named == ["[1].now"]


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"\xff", 400), (b"[" * 60_000, 400), (b"5", 422), (b" " * (1024 * 1024 + 1), 413)],
    ids=["cut", "bytes", "bomb", "number", "huge"],
)
async def test_a_body_that_is_no_case_is_refused(guide: Guide, body: bytes, status: int) -> None:
    response = await guide.client.post(
        "/api/v1/guidance", data=io.BytesIO(body), headers={"Content-Type": "application/json"}
    )
    await problem(response, status)


async def test_another_language_is_refused(guide: Guide) -> None:
    assert fields(await problem(await guide.client.post("/api/v1/guidance?lang=de", json=CASE), 422)) == ["lang"]


async def test_a_doubled_key_is_refused(guide: Guide) -> None:
    body = json.dumps(CASE)[:-1] + ', "now": "2026-11-21T09:00:00-05:00"}'
    response = await guide.client.post("/api/v1/guidance", data=body, headers={"Content-Type": "application/json"})
    await problem(response, 422)
