"""What the Graph API's errors mean."""

import json
from typing import Any

import pytest

from bot.channels.graph.errors import DeniedError, failure, meaning
from bot.conversations.outbox.port import NotSentError, RefusedError, SendError, UnclearError


def _meaning(status: int, code: int, headers: dict[str, str] | None = None, **error: Any) -> SendError:
    error = {"message": "(#1) No such person: 16505551234", "code": code, **error}
    return meaning(status, headers or {}, json.dumps({"error": error}).encode())


@pytest.mark.parametrize(
    ("code", "subcode", "expected"),
    [
        (10, 2018278, "window"),
        (10, 2018065, "window"),
        (131047, None, "window"),
        (551, 1545041, "blocked"),
        (200, 1545041, "blocked"),
        (100, 2018001, "unknown_address"),
        (131026, None, "unknown_address"),
        (131050, None, "unsubscribed"),
        (131051, None, "rejected"),
        (132001, None, "rejected"),
        (100, None, "rejected"),
    ],
)
def test_what_will_never_be_taken_is_refused(code: int, subcode: int | None, expected: str) -> None:
    error = _meaning(400, code, error_subcode=subcode)
    assert isinstance(error, RefusedError)
    assert error.failure == expected


@pytest.mark.parametrize("code", [4, 32, 80006, 80007, 130429, 613, 131056])
def test_too_many_requests_wait_as_long_as_meta_says(code: int) -> None:
    usage = json.dumps({"1": [{"type": "messenger", "call_count": 100, "estimated_time_to_regain_access": 3}]})
    error = _meaning(400, code, {"X-Business-Use-Case-Usage": usage})
    assert isinstance(error, NotSentError)
    assert error.retry_after == 180
    assert error.everybody == (code not in (613, 131056))
    shorter = _meaning(429, code, {"Retry-After": "7", "X-Business-Use-Case-Usage": "{"})
    assert isinstance(shorter, NotSentError)
    assert shorter.retry_after == 7


@pytest.mark.parametrize(
    ("code", "more"),
    [
        (190, {"error_subcode": 463}),
        (10, {}),
        (230, {}),
        (100, {"error_subcode": 33}),
        (100, {"message": "Invalid appsecret_proof provided in the API argument"}),
        (131031, {}),
        (368, {}),
    ],
)
def test_wrong_settings_and_locked_accounts_hold_everything_back(code: int, more: dict[str, Any]) -> None:
    error = _meaning(400, code, **more)
    assert isinstance(error, DeniedError)
    assert error.everybody


@pytest.mark.parametrize(
    ("status", "code", "more", "expected"),
    [
        (500, 2, {"is_transient": True}, NotSentError),
        (400, 1200, {}, NotSentError),
        (500, 2, {"is_transient": False}, UnclearError),
        (500, 1, {}, UnclearError),
        (500, 131000, {}, UnclearError),
        (400, 1, {"error_subcode": 1357046, "is_transient": True}, UnclearError),
        (503, 131016, {}, NotSentError),
        (500, 999999, {}, UnclearError),
    ],
)
def test_metas_own_faults_are_unclear_unless_it_says_otherwise(
    status: int, code: int, more: dict[str, Any], expected: type[SendError]
) -> None:
    assert type(_meaning(status, code, **more)) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [(502, UnclearError), (429, NotSentError), (503, NotSentError), (404, DeniedError), (302, DeniedError)],
)
def test_answers_that_are_not_of_the_graph_api(status: int, expected: type[SendError]) -> None:
    assert type(meaning(status, {}, b"<html>Bad gateway</html>")) is expected


def test_no_error_names_the_traveller() -> None:
    for code in (10, 100, 190, 131026, 2, 4, 999999):
        assert "16505551234" not in str(_meaning(400, code))


def test_a_message_that_failed_later_may_be_sent_again_only_where_that_can_work() -> None:
    assert failure(131026) == "unknown_address"
    assert failure(131047) == "window"
    assert failure(131053) == "rejected"
    assert failure(130429) is None
    assert failure(131000) is None
