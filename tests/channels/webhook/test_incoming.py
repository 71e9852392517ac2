"""Reading what an integrator sends."""

import json
from typing import Any

import pytest

from bot.channels.port import CallError, Place, Said
from bot.channels.webhook.incoming import read
from bot.conversations.outbox.port import Receipt

MESSAGE = {"type": "message", "id": "m-1", "sender": "traveller-7", "text": "Which option?"}
RECEIPT = {"type": "receipt", "key": "key-1", "state": "delivered"}


def test_a_message_with_everything() -> None:
    sent = MESSAGE | {
        "language": "fr-CA",
        "location": {"latitude": 45.5, "longitude": -73},
        "attachment": "picture",
        "something_new": 1,
    }
    assert read(json.dumps(sent).encode()) == Said(
        "traveller-7", "m-1", "Which option?", "picture", Place(45.5, -73.0), "fr"
    )


@pytest.mark.parametrize(("tag", "language"), [("EN", "en"), ("en_GB", "en"), ("de", None), (None, None), ("", None)])
def test_the_language_of_a_page(tag: str | None, language: str | None) -> None:
    came = read(json.dumps(MESSAGE | {"language": tag}).encode())
    assert isinstance(came, Said)
    assert came.language == language


def test_a_receipt_by_key_or_by_id() -> None:
    assert read(json.dumps(RECEIPT).encode()) == Receipt(None, "key-1", "delivered")
    failed = {"type": "receipt", "id": "their-9", "state": "failed", "failure": "blocked"}
    assert read(json.dumps(failed).encode()) == Receipt("their-9", None, "failed", "blocked")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        [MESSAGE],
        MESSAGE | {"type": "check"},
        MESSAGE | {"text": " "},
        MESSAGE | {"id": ""},
        MESSAGE | {"id": "x" * 129},
        MESSAGE | {"id": "a\nb"},
        MESSAGE | {"sender": 7},
        MESSAGE | {"sender": " "},
        MESSAGE | {"sender": "traveller-7 "},
        MESSAGE | {"location": {"latitude": 91, "longitude": 0}},
        MESSAGE | {"attachment": "hologram"},
        RECEIPT | {"state": "eaten"},
        {"type": "receipt", "state": "read"},
        {key: value for key, value in MESSAGE.items() if key != "type"},
        # A message of ours, signed by us, played back to us.
        {"type": "message", "key": "k", "recipient": "traveller-7", "text": "Go.", "author": "bot"},
    ],
    ids=lambda body: str(body)[:40],
)
def test_what_cannot_be_read_is_refused_with_what_was_expected(body: Any) -> None:
    with pytest.raises(CallError, match="expected"):
        read(body if isinstance(body, bytes) else json.dumps(body).encode())
