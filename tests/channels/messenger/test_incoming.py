"""What Messenger delivers."""

import json
from typing import Any

import pytest

from bot.channels.messenger.incoming import GET_STARTED, read
from bot.channels.port import CallError, Came, Place, Said
from bot.conversations.outbox.port import Receipt
from tests.channels.graph.fake_graph import PAGE, PSID, event, page


def _read(call: Any) -> list[Came]:
    return [*read(json.dumps(call).encode(), PAGE, {"en": "Hello", "fr": "Bonjour"})]


def _one(**message: Any) -> Came:
    (came,) = _read(page(event(message={"mid": "m_1", **message})))
    return came


def test_a_batch_is_read_oldest_first() -> None:
    texts = [event(at, message={"mid": f"m_{at}", "text": f"at {at}"}) for at in (3, 1, 2)]
    assert [each.text for each in _read(page(*texts)) if isinstance(each, Said)] == ["at 1", "at 2", "at 3"]


def test_what_was_pressed_is_its_payload() -> None:
    assert _one(text="Yes", quick_reply={"payload": "I am in Toronto"}) == Said(PSID, "m_1", "I am in Toronto")
    (came,) = _read(page(event(postback={"mid": "m_2", "title": "Help", "payload": "help"})))
    assert came == Said(PSID, "m_2", "help")


@pytest.mark.parametrize(
    ("title", "words", "language"),
    [("Get Started", "Hello", "en"), ("Démarrer", "Bonjour", "fr"), ("Empezar", "Hello", None)],
)
def test_pressing_get_started_greets_in_the_language_of_the_app(title: str, words: str, language: Any) -> None:
    (came,) = _read(page(event(postback={"mid": "m_2", "title": title, "payload": GET_STARTED})))
    assert came == Said(PSID, "m_2", words, language=language)


@pytest.mark.parametrize(
    ("attachments", "expected"),
    [
        ([{"type": "image", "payload": {"url": "https://x"}}], "picture"),
        ([{"type": "audio", "payload": {"url": "https://x"}}], "voice"),
        ([{"type": "video", "payload": {"url": "https://x"}}], "video"),
        ([{"type": "file", "payload": {"url": "https://x"}}], "file"),
        ([{"type": "sticker", "payload": {"sticker_id": 369239263222822}}], "sticker"),
        ([{"type": "image", "payload": {"url": "https://x", "sticker_id": 369239263222822}}], "sticker"),
        ([{"type": "fallback", "payload": None}], "other"),
        ([{"type": "something_new"}], "other"),
    ],
)
def test_what_cannot_be_read_is_named(attachments: list[dict[str, Any]], expected: str) -> None:
    assert _one(attachments=attachments) == Said(PSID, "m_1", "", expected)  # type: ignore[arg-type]


def test_an_address_in_a_text_is_text() -> None:
    came = _one(text="see https://cbp.gov", attachments=[{"type": "fallback", "payload": {"url": "https://cbp.gov"}}])
    assert came == Said(PSID, "m_1", "see https://cbp.gov")


def test_a_location_is_a_place_where_there_is_such_a_place() -> None:
    def at(lat: float) -> Came:
        return _one(attachments=[{"type": "location", "payload": {"coordinates": {"lat": lat, "long": -79.63}}}])

    assert at(43.68) == Said(PSID, "m_1", "", None, Place(43.68, -79.63))
    assert at(430) == Said(PSID, "m_1", "", "other")


def test_deliveries_are_receipts_and_reads_name_no_message() -> None:
    came = _read(page(event(delivery={"mids": ["m_8", "m_9"], "watermark": 5}), event(read={"watermark": 5})))
    assert came == [Receipt("m_8", None, "delivered"), Receipt("m_9", None, "delivered")]


def test_an_echo_of_ours_says_by_our_key_that_it_was_sent() -> None:
    echo = {"mid": "m_1", "text": "hello", "is_echo": True, "metadata": "key-1"}
    assert _read(page(event(sender=PAGE, recipient=PSID, message=echo))) == [Receipt("m_1", "key-1", "sent")]
    # What somebody else says in its name confirms nothing.
    assert _read(page(event(message=echo))) == []


def test_what_is_not_for_us_is_let_go() -> None:
    text = {"mid": "m_1", "text": "hello"}
    echo = event(sender=PAGE, recipient=PSID, message={**text, "is_echo": True})
    ours = event(sender=PAGE, recipient=PSID, message=text)
    standby = {"object": "page", "entry": [{"id": PAGE, "time": 1, "standby": [event(message=text)]}]}
    for call in (
        page(echo, ours),
        page(event(message=text), page_id="2"),
        page(event(reaction={"reaction": "love"}), event(message={"mid": "m_1", "text": " "}), event(newly_made={})),
        standby,
        {"object": "instagram", "entry": []},
    ):
        assert _read(call) == []


def test_an_id_of_any_length_becomes_one_of_ours() -> None:
    (came,) = _read(page(event(message={"mid": "m_" + "x" * 300, "text": "hello"})))
    assert isinstance(came, Said)
    assert len(came.id) <= 128
    (without,) = _read(page(event(postback={"payload": "help"})))
    assert isinstance(without, Said)
    assert PSID not in without.id


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"object":"page"}',
        json.dumps(page(event(message={"text": "no id"}))).encode(),
        json.dumps(page(event(message={"mid": 7, "text": "hello"}))).encode(),
        json.dumps(page(event(message={"mid": "m_1", "text": "hello"}) | {"timestamp": "noon"})).encode(),
    ],
    ids=range(7),
)
def test_a_call_that_cannot_be_read_is_said_to_be_wrong(body: bytes) -> None:
    with pytest.raises(CallError) as error:
        read(body, PAGE, {})
    assert "hello" not in str(error.value)


def test_what_nobody_can_be_answered_to_does_not_hold_up_the_rest() -> None:
    call = page({"message": {"mid": "m_1", "text": "a"}, "timestamp": 1}, event(2, message={"mid": "m_2", "text": "b"}))
    assert [each.sender for each in _read(call) if isinstance(each, Said)] == ["", PSID]
