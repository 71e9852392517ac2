"""What WhatsApp Cloud delivers."""

import json
from typing import Any

import pytest

from bot.channels.port import CallError, Came, Place, Said
from bot.channels.whatsapp_cloud.incoming import read
from bot.conversations.outbox.port import Receipt
from tests.channels.graph.fake_graph import BSUID, PHONE_ID, WA_ID, number, text, wrote


def _read(call: Any) -> list[Came]:
    return [*read(json.dumps(call).encode(), PHONE_ID)]


def _one(kind: str, **what: Any) -> Came:
    (came,) = _read(number(messages=[wrote("wamid.1", kind, **what)]))
    return came


def test_batches_are_read_oldest_first() -> None:
    call = number(messages=[text("third", "wamid.3", 3), text("first", "wamid.1", 1)])
    call["entry"] += number(messages=[text("second", "wamid.2", 2)])["entry"]
    assert [each.text for each in _read(call) if isinstance(each, Said)] == ["first", "second", "third"]


@pytest.mark.parametrize(
    ("kind", "what", "words"),
    [
        ("text", {"text": {"body": "null"}}, "null"),
        ("button", {"button": {"payload": "yes please", "text": "Yes"}}, "yes please"),
        ("interactive", {"interactive": {"type": "button_reply", "button_reply": {"id": "a", "title": "A"}}}, "a"),
        ("interactive", {"interactive": {"type": "list_reply", "list_reply": {"id": "b", "title": "B"}}}, "b"),
    ],
)
def test_what_was_written_or_pressed_is_the_text(kind: str, what: dict[str, Any], words: str) -> None:
    assert _one(kind, **what) == Said(WA_ID, "wamid.1", words)


@pytest.mark.parametrize(
    ("kind", "what", "caption", "attachment"),
    [
        ("image", {"image": {"id": "1", "caption": "my card"}}, "my card", "picture"),
        ("audio", {"audio": {"id": "1", "voice": True}}, "", "voice"),
        ("video", {"video": {"id": "1"}}, "", "video"),
        ("document", {"document": {"id": "1", "caption": "letter"}}, "letter", "file"),
        ("sticker", {"sticker": {"id": "1"}}, "", "sticker"),
        ("contacts", {"contacts": [{"name": {}}]}, "", "contact"),
        ("order", {"order": {}}, "", "other"),
        ("unsupported", {"errors": [{"code": 131051}]}, "", "other"),
        ("interactive", {"interactive": {"type": "nfm_reply", "nfm_reply": {}}}, "", "other"),
        ("something_new", {}, "", "other"),
    ],
)
def test_what_cannot_be_read_is_named(kind: str, what: dict[str, Any], caption: str, attachment: str) -> None:
    assert _one(kind, **what) == Said(WA_ID, "wamid.1", caption, attachment)  # type: ignore[arg-type]


def test_a_location_is_a_place() -> None:
    came = _one("location", location={"latitude": 45.46, "longitude": -73.74, "name": "YUL"})
    assert came == Said(WA_ID, "wamid.1", "", None, Place(45.46, -73.74))


def test_who_hides_the_number_is_known_by_the_id_that_stays() -> None:
    shown, hidden = text("hello") | {"from_user_id": BSUID}, text("hello", "wamid.2") | {"from_user_id": BSUID}
    del hidden["from"]
    assert [each.sender for each in _read(number(messages=[shown, hidden])) if isinstance(each, Said)] == [BSUID, BSUID]


def test_states_are_receipts_by_our_key() -> None:
    def state(name: str, **more: Any) -> dict[str, Any]:
        return {"id": "wamid.9", "status": name, "timestamp": "1", "biz_opaque_callback_data": "key-1", **more}

    failed = state("failed", errors=[{"code": 131047, "title": "Re-engagement message"}])
    assert _read(number(statuses=[state("sent"), state("delivered"), state("read"), failed])) == [
        Receipt("wamid.9", "key-1", "sent"),
        Receipt("wamid.9", "key-1", "delivered"),
        Receipt("wamid.9", "key-1", "read"),
        Receipt("wamid.9", "key-1", "failed", "window", "WhatsApp: error 131047"),
    ]


def test_what_is_not_for_us_is_let_go() -> None:
    template = {"field": "message_template_status_update", "value": {"messages": "APPROVED"}}
    for call in (
        number("2", messages=[text("hello")]),
        number(messages=[wrote("wamid.1", "reaction", reaction={"emoji": "👍"}), text(" ")]),
        number(messages=[text("hello") | {"group_id": "g"}]),
        {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [template]}]},
        {"object": "page", "entry": []},
    ):
        assert _read(call) == []


@pytest.mark.parametrize(
    "call",
    [
        [],
        {"object": "whatsapp_business_account"},
        number(messages="hello"),
        number(messages=[{"from": WA_ID, "type": "text", "text": {"body": "hello"}}]),
        number(messages=[text("hello") | {"timestamp": "noon"}]),
    ],
    ids=range(5),
)
def test_a_call_that_cannot_be_read_is_said_to_be_wrong(call: Any) -> None:
    with pytest.raises(CallError) as error:
        _read(call)
    assert "hello" not in str(error.value)
    assert WA_ID not in str(error.value)


def test_what_nobody_can_be_answered_to_does_not_hold_up_the_rest() -> None:
    nobody = text("a") | {"from": None}
    assert [each.sender for each in _read(number(messages=[nobody, text("b")])) if isinstance(each, Said)] == [
        "",
        WA_ID,
    ]
