"""What Twilio posts, read."""

import re
from urllib.parse import urlencode

import pytest

from bot.channels.port import Call, CallError, Came, Place, Said
from bot.channels.twilio import incoming
from bot.conversations.outbox.port import Receipt
from tests.channels.twilio.fake_twilio import ACCOUNT, NOON, TRAVELLER, message, status_of

SID = f"SM{1:032x}"


def _read(fields: dict[str, str] | str, prefix: str = "+", **query: str) -> list[Came]:
    body = fields if isinstance(fields, str) else urlencode(fields)
    call = Call("POST", "https://guide.example/channels/sms", {}, query, body.encode(), NOON)
    return [*incoming.read(call, ACCOUNT, prefix)]


def test_a_message_is_its_text_its_sender_and_its_id() -> None:
    assert _read(message(1, "Où est le centre ?")) == [Said(TRAVELLER, SID, "Où est le centre ?")]


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("image/jpeg", "picture"),
        ("image/webp", "sticker"),
        ("audio/ogg; codecs=opus", "voice"),
        ("video/mp4", "video"),
        ("text/vcard", "contact"),
        ("application/pdf", "file"),
        ("", "file"),
    ],
)
def test_an_attachment_is_named_by_its_kind(media_type: str, kind: str) -> None:
    (said,) = _read(message(1, "my card", NumMedia="1", MediaContentType0=media_type, MediaUrl0="https://x.example"))
    assert isinstance(said, Said)
    assert (said.attachment, said.text) == (kind, "my card")


def test_what_has_nothing_in_it_is_something_else() -> None:
    (said,) = _read(message(1, " "))
    assert isinstance(said, Said)
    assert said.attachment == "other"


def test_on_whatsapp_a_place_and_a_pressed_button_are_understood() -> None:
    there = {"From": f"whatsapp:{TRAVELLER}", "ProfileName": "Somebody"}
    (said,) = _read(message(1, "", Latitude="45.4215", Longitude="-75.6972", **there), "whatsapp:")
    assert said == Said(f"whatsapp:{TRAVELLER}", SID, "", place=Place(45.4215, -75.6972))
    (said,) = _read(message(1, "Yes", ButtonText="Yes", ButtonPayload="affirm", **there), "whatsapp:")
    assert isinstance(said, Said)
    assert said.text == "affirm"


@pytest.mark.parametrize(
    ("status", "code", "receipt"),
    [
        ("delivered", "", Receipt(SID, "k1", "delivered")),
        ("read", "", Receipt(SID, "k1", "read")),
        ("undelivered", "30005", Receipt(SID, "k1", "failed", "unknown_address", "Twilio: undelivered, error 30005")),
        ("undelivered", "30004", Receipt(SID, "k1", "failed", "blocked", "Twilio: undelivered, error 30004")),
        ("undelivered", "30008", Receipt(SID, "k1", "failed", "tried_enough", "Twilio: undelivered, error 30008")),
        ("failed", "63016", Receipt(SID, "k1", "failed", "window", "Twilio: failed, error 63016")),
        ("failed", "21610", Receipt(SID, "k1", "failed", "unsubscribed", "Twilio: failed, error 21610")),
        ("failed", "", Receipt(SID, "k1", "failed", "tried_enough", "Twilio: failed")),
    ],
)
def test_what_became_of_a_message_is_a_receipt(status: str, code: str, receipt: Receipt) -> None:
    assert _read(status_of(SID, status, **({"ErrorCode": code} if code else {})), key="k1") == [receipt]


@pytest.mark.parametrize("status", ["queued", "sending", "sent", "accepted", "a status of tomorrow"])
def test_what_is_still_under_way_says_nothing(status: str) -> None:
    assert _read(status_of(SID, status)) == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (message(1, "x", AccountSid="AC" + "0" * 32), "for another account"),
        (message(1, "x", From=f"whatsapp:{TRAVELLER}"), "expected From to begin with +"),
        ({k: v for k, v in message(1, "x").items() if k != "MessageSid"}, "the field MessageSid"),
        (message(1, "x", MessageSid="x" * 129), "at most 128 printable"),
        (message(1, "x", NumMedia="-1"), "NumMedia to be a number"),
        (message(1, "x", NumMedia="9" * 5000), "NumMedia to be a number"),
        (message(1, "x", Latitude="nan", Longitude="1"), "Latitude to be degrees"),
        (message(1, "x", Latitude="1", Longitude="181"), "Longitude to be degrees"),
        (urlencode(message(1, "x")) + "&Body=y", "expected Body once, found it 2 times"),
        (urlencode(message(1, "x")) + "&Odd=%ff", "in UTF-8"),
        ("&".join(f"f{number}=1" for number in range(201)), "expected a form"),
    ],
)
def test_what_cannot_be_read_is_refused_and_not_quoted(fields: dict[str, str] | str, says: str) -> None:
    with pytest.raises(CallError, match=re.escape(says)) as caught:
        _read(fields)
    assert TRAVELLER not in str(caught.value)


@pytest.mark.parametrize("sender", ["54321", "NEXUSnews"])
def test_other_programs_are_not_talked_with(sender: str) -> None:
    assert _read(message(1, "You have won", From=sender)) == []


def test_json_is_for_somebody_else() -> None:
    call = Call("POST", "https://guide.example/channels/sms", {"Content-Type": "application/json"}, {}, b"{}", NOON)
    assert incoming.read(call, ACCOUNT, "+") == []
