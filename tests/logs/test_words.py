"""What stands in the logs, and what never does."""

import asyncio
import io
import json
import logging
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Literal

import pytest

from bot.db.engine import Database
from bot.dialogue.quiet import _event_alone
from bot.http.access_log import REQUEST_ID_HEADER
from bot.logs.context import about_conversation, about_request, request_id
from bot.logs.set_up import log_failures_of_the_loop, log_to_stderr
from tests.channels.wired import wired

SECRET = "Zanzibar"
TYPED = f"I live in {SECRET}, 613-555-0134, amara@example.ca, PASSID 980000001, born 1984-03-09"
ID = "0b3fa81c-7d15-4f0e-9a63-5bb1b1f4c2aa"
Form = Literal["text", "json"]
Lines = Callable[[], list[str]]


@pytest.fixture(params=["text", "json"])
def lines(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """What was logged, at DEBUG and in one form; everything is as before afterwards."""
    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    root, ours = logging.getLogger(), logging.getLogger("bot")
    handlers, level, our_level = root.handlers[:], root.level, ours.level
    root.handlers = []
    log_to_stderr("DEBUG", request.param)
    yield lambda: out.getvalue().splitlines()
    logging.captureWarnings(False)
    root.handlers, root.level, ours.level = handlers, level, our_level


async def test_what_a_traveller_types_never_reaches_the_logs(sqlite_database: Database, lines: Lines) -> None:
    async def fails(_inbound: object) -> None:
        try:
            raise ValueError(TYPED)
        except ValueError as error:
            raise KeyError(TYPED) from error

    async with wired(sqlite_database, {}) as w:
        started = await (await w.client.post("/api/v1/conversations", json={"language": "en"})).json()
        path = f"/api/v1/conversations/{started['conversation_id']}/messages"
        headers = {"Authorization": f"Bearer {started['token']}", REQUEST_ID_HEADER: "613-555-0134"}
        for name, script in (("m1", None), ("m2", fails)):
            w.dialogue.script = script  # type: ignore[assignment]
            sent = {"text": TYPED, "client_message_id": name}
            response = await w.client.post(path, json=sent, headers=headers)
            assert response.status == 200
        await w.client.post(path, data=TYPED, headers=headers)
        await w.client.get(f"/{SECRET}?q={TYPED}", headers={"User-Agent": TYPED.replace(",", "")})
        await w.client.get("/verify/an-open-link-token-0123456789")
    logged = "\n".join(lines())
    assert "answer failed: builtins.KeyError at " in logged and "because of builtins.ValueError" in logged
    assert started["conversation_id"] in logged
    for private in (SECRET, "0134", "amara", "980000001", "1984", started["token"], "an-open-link"):
        assert private not in logged, private


def test_values_are_masked_and_ids_stay(lines: Lines) -> None:
    log = logging.getLogger("bot.test")
    log.info("called %s by %s, link /verify/%s, token %s", TYPED, ID, "A1" * 12, "Xk9_abcdefghijklmnop")
    log.info("number %d of %d, %.1f ms", 6135550134, 12, 3.25)
    log.info("failed: %s", ValueError(TYPED))
    log.info("two\nlines and \x1b[31mred")
    first, second, third, fourth = lines()
    assert ID in first and "980000001" not in first and "0134" not in first
    assert "A1A1" not in first and "Xk9" not in first and "/verify/" in first
    assert "6135550134" not in second and "of 12, 3.2" in second
    assert SECRET not in third and "builtins.ValueError" in third
    assert "two\\" in fourth and "\x1b" not in fourth


def test_of_a_library_only_what_stands_in_its_code_is_kept(lines: Lines) -> None:
    log = logging.getLogger("a_library.client")
    log.warning("retrying in %d s: %s", 5, TYPED)
    log.warning(f"could not send {TYPED}")
    log.warning("a plain notice")
    log.info("never seen")
    try:
        raise RuntimeError(TYPED)
    except RuntimeError:
        log.exception("it failed")
    retrying, built, plain, failed = lines()
    assert "retrying in 5 s: …" in retrying
    assert "… at logs/test_words.py" in built or "… at tests/logs/test_words.py" in built
    assert "a plain notice" in plain
    assert "it failed: builtins.RuntimeError at " in failed
    assert SECRET not in "".join(lines())


def test_warnings_go_the_same_way_without_their_words(lines: Lines) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        warnings.warn(TYPED, UserWarning, stacklevel=1)
    (line,) = lines()
    assert "a warning from" in line and "UserWarning" in line and SECRET not in line


def test_of_rasa_only_the_event_is_kept() -> None:
    assert _event_alone(None, "warning", {"event": "processor.parse", "text": TYPED}) == "processor.parse"


async def test_a_task_that_nobody_waited_for_says_where_it_failed(lines: Lines) -> None:
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    log_failures_of_the_loop()
    loop.call_exception_handler({"message": TYPED, "exception": ValueError(TYPED), "future": TYPED})
    loop.set_exception_handler(before)
    (line,) = lines()
    assert "builtins.ValueError" in line and SECRET not in line


def test_json_says_where_a_line_belongs(lines: Lines, request: pytest.FixtureRequest) -> None:
    with about_request(ID), about_conversation(ID.replace("0b", "1b")):
        logging.getLogger("bot.test").warning("something")
    (line,) = lines()
    if request.node.callspec.params["lines"] == "text":
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} WARNING bot\.test something", line)
        return
    said = json.loads(line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", said.pop("timestamp"))
    assert said == {
        "level": "warning",
        "logger": "bot.test",
        "event": "something",
        "request_id": ID,
        "conversation_id": ID.replace("0b", "1b"),
    }


@pytest.mark.parametrize("given", [ID, ID.replace("-", ""), ID.upper()])
def test_a_sane_request_id_is_kept(given: str) -> None:
    assert request_id(given) == given


@pytest.mark.parametrize("given", [None, "", "613-555-0134", "amara", f"{ID}\nforged", "x" * 32, ID * 2])
def test_another_is_replaced(given: str | None) -> None:
    made = request_id(given)
    assert made != given and request_id(made) == made


async def test_the_request_id_is_given_back_and_stands_in_the_access_log(
    sqlite_database: Database, lines: Lines, request: pytest.FixtureRequest
) -> None:
    async with wired(sqlite_database, {}) as w:
        response = await w.client.get("/healthz", headers={REQUEST_ID_HEADER: ID})
        assert response.headers[REQUEST_ID_HEADER] == ID
        made = (await w.client.get("/nowhere")).headers[REQUEST_ID_HEADER]
    named = [line for line in lines() if "/healthz" in line or "(no route)" in line]
    assert ID in named[0] and made in named[1]
    if request.node.callspec.params["lines"] == "json":
        said = SimpleNamespace(**json.loads(named[0]))
        assert (said.method, said.route, said.status, said.request_id) == ("GET", "/healthz", 200, ID)
