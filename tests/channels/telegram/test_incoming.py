"""What travellers say on Telegram, read from the documented updates."""

import json
from typing import Any

import pytest

from bot.channels.port import CallError, Place, Said
from bot.channels.telegram.incoming import decode, read
from tests.channels.telegram.fake_telegram import CHAT, PRIVATE, USER, said


def _read(update: dict[str, Any]) -> list[Said]:
    return read(decode(json.dumps(update).encode()), "key")


def test_a_text_is_said_by_its_chat_in_the_language_of_the_app() -> None:
    (came,) = _read(said("Bonjour", **{"from": {**USER, "language_code": "fr-CA"}}))
    assert (came.sender, came.text, came.language, came.attachment) == (str(CHAT), "Bonjour", "fr", None)
    (other,) = _read(said("Olá", **{"from": {**USER, "language_code": "pt-br"}}))
    assert other.language is None


def test_a_repeat_has_the_same_name_and_an_edit_another_one() -> None:
    original = said("YVR", 7)
    edited = {"update_id": 9, "edited_message": {**original["message"], "edit_date": 5, "text": "YYZ"}}
    unchanged = {"update_id": 10, "edited_message": {**original["message"], "edit_date": 6}}
    first, again, changed, same = (_read(each)[0] for each in (original, original, edited, unchanged))
    assert first.id == again.id == same.id != changed.id
    assert changed.text == "YYZ"


def test_the_name_of_a_message_does_not_tell_its_text_to_who_lacks_the_key() -> None:
    update = decode(json.dumps(said("98000001")).encode())
    assert read(update, "one key")[0].id != read(update, "another key")[0].id


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"photo": [{"file_id": "a", "file_unique_id": "b", "width": 90, "height": 60}]}, "picture"),
        ({"voice": {"file_id": "a", "duration": 3}}, "voice"),
        ({"animation": {"file_id": "a"}, "document": {"file_id": "a"}}, "video"),
        ({"document": {"file_id": "a"}}, "file"),
        ({"sticker": {"file_id": "a"}}, "sticker"),
        ({"contact": {"phone_number": "+1", "first_name": "N"}}, "contact"),
        ({"poll": {"id": "1"}}, "other"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_caption(fields: dict[str, Any], kind: str) -> None:
    (came,) = _read(said(None, caption="my card", **fields))
    assert (came.attachment, came.text) == (kind, "my card")


def test_a_location_and_a_venue_are_places() -> None:
    where = {"latitude": 49.19, "longitude": -123.18}
    assert _read(said(None, location=where))[0].place == Place(49.19, -123.18)
    venue = {"location": where, "title": "YVR", "address": "Richmond"}
    assert _read(said(None, location=where, venue=venue))[0].place == Place(49.19, -123.18)
    moved = {"update_id": 3, "edited_message": {**said(None, location=where)["message"], "edit_date": 5}}
    assert _read(moved) == []


@pytest.mark.parametrize(
    "update",
    [
        said("hello", chat={"id": -100, "type": "supergroup", "title": "Family"}),
        said("hello", **{"from": {**USER, "is_bot": True}}),
        said(None, pinned_message={"message_id": 3}),
        {"update_id": 1, "my_chat_member": {"chat": PRIVATE, "from": USER, "date": 1}},
        {"update_id": 1, "channel_post": {"message_id": 3, "chat": {"id": -5, "type": "channel"}, "text": "x"}},
    ],
    ids=["group", "bot", "service", "blocked", "channel"],
)
def test_what_does_not_concern_us_is_let_go(update: dict[str, Any]) -> None:
    assert _read(update) == []


def test_something_else_is_refused() -> None:
    for body in (b"", b"[]", b"\xff", b'{"update_id": "no"}'):
        with pytest.raises(CallError):
            decode(body)
