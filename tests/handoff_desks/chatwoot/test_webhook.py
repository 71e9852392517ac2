"""Who may call the webhook, and what a call can do: less than its sender may think."""

import json
from typing import Any

from tests.handoff_desks.chatwoot.conftest import World
from tests.handoff_desks.chatwoot.fake_chatwoot import ACCOUNT, AGENTS

FORGED = {
    "event": "message_created",
    "id": 999_999,
    "content": "You are approved.",
    "message_type": "outgoing",
    "private": False,
    "sender": AGENTS[11],
    "conversation": {"id": 1, "status": "open"},
    "account": {"id": ACCOUNT},
}
BODY = json.dumps(FORGED).encode()


async def test_calls_without_a_good_signature_are_refused(sqlite_world: World) -> None:
    conversation_id = await sqlite_world.mirrored()
    chatwoot = sqlite_world.chatwoot
    good = chatwoot.signed(BODY)
    sqlite_world.watch.forward(seconds=-301)
    old = chatwoot.signed(BODY)
    sqlite_world.watch.forward(seconds=602)
    early = chatwoot.signed(BODY)
    sqlite_world.watch.forward(seconds=-301)
    refused: dict[str, tuple[bytes, dict[str, str]]] = {
        "no headers": (BODY, {}),
        "no signature": (BODY, {**good, "X-Chatwoot-Signature": ""}),
        "no time stamp": (BODY, {**good, "X-Chatwoot-Timestamp": ""}),
        "another secret": (BODY, chatwoot.signed(BODY, "another secret of a webhook")),
        "another body": (BODY + b" ", good),
        "another time": (BODY, {**good, "X-Chatwoot-Timestamp": str(int(good["X-Chatwoot-Timestamp"]) + 1)}),
        "too old": (BODY, old),
        "from the future": (BODY, early),
        "no number": (BODY, {**good, "X-Chatwoot-Timestamp": "now"}),
        "bare digest": (BODY, {**good, "X-Chatwoot-Signature": good["X-Chatwoot-Signature"][7:]}),
    }
    before = len(chatwoot.requests)
    for what, (body, headers) in refused.items():
        answer = await chatwoot.post(body, headers)
        assert (answer["http"], answer["type"].rpartition(":")[2]) == (401, "bad-signature"), what
    assert len(chatwoot.requests) == before
    assert (await sqlite_world.conversation(conversation_id)).state == "waiting"


async def test_a_signed_call_says_nothing_that_chatwoot_does_not_hold(sqlite_world: World) -> None:
    conversation_id = await sqlite_world.mirrored()
    answer = await sqlite_world.chatwoot.post(BODY, sqlite_world.chatwoot.signed(BODY))
    await sqlite_world.settled()
    assert answer["status"] == "accepted"
    assert (await sqlite_world.transcript(conversation_id))[-1] == "bot: Wait here."


async def test_a_call_played_again_changes_nothing(world: World) -> None:
    conversation_id = await world.mirrored()
    message = world.chatwoot.agent_says(1, "I am here.")
    await world.settled()
    transcript = await world.transcript(conversation_id)
    body = json.dumps(world.chatwoot.notice_of_message(1, message)).encode()
    headers = world.chatwoot.signed(body)
    first = await world.chatwoot.post(body, headers)
    again = await world.chatwoot.post(body, {**headers, "X-Chatwoot-Delivery": "another"})
    await world.settled()
    assert again["status"] == "repeated"
    assert first["http"] == again["http"] == 200
    assert await world.transcript(conversation_id) == transcript


async def test_our_own_messages_are_not_taken_for_agents(sqlite_world: World) -> None:
    await sqlite_world.mirrored()
    messages = [each for each in sqlite_world.chatwoot.messages[1] if each["message_type"] != 2]
    assert len(messages) == 3
    sqlite_world.chatwoot.answers.clear()
    for message in messages:
        await sqlite_world.chatwoot.hook(sqlite_world.chatwoot.notice_of_message(1, message))
    assert {each["status"] for each in sqlite_world.chatwoot.answers} <= {"ignored", "repeated"}


async def test_what_is_none_of_our_business_is_ignored(sqlite_world: World) -> None:
    await sqlite_world.mirrored()
    others: list[dict[str, Any]] = [
        {"account": {"id": ACCOUNT + 1}},
        {"conversation": {"id": 404}},
        {"conversation": {"id": 2**63}},  # more than a database counts to
        {"event": "contact_updated"},
        {"message_type": "incoming"},
        {"event": "conversation_updated", "conversation": None, "id": "not a number"},
    ]
    for changes in others:
        body = json.dumps(FORGED | changes).encode()
        answer = await sqlite_world.chatwoot.post(body, sqlite_world.chatwoot.signed(body))
        assert (answer["http"], answer["status"]) == (200, "ignored"), changes


async def test_a_body_that_is_no_webhook_is_refused(sqlite_world: World) -> None:
    large = b" " * (2 * 1024 * 1024 + 1)
    refused = {b"{": 400, b"[1]": 422, b'{"id": {}}': 422, b"[" * 5_000: 400, large: 413}
    for body, status in refused.items():
        answer = await sqlite_world.chatwoot.post(body, sqlite_world.chatwoot.signed(body))
        assert answer["http"] == status, body[:20]
