"""Signatures with the app's secret."""

import pytest

from bot.channels.graph.signature import is_genuine, proof
from tests.channels.graph.fake_graph import APP_SECRET, sign

BODY = b'{"object":"page","entry":[]}'


def test_the_signature_of_the_body_as_it_came_is_good() -> None:
    assert is_genuine(APP_SECRET, {"X-Hub-Signature-256": sign(BODY)}, BODY)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "sha256=",
        sign(BODY).removeprefix("sha256="),
        sign(BODY).replace("sha256", "sha1"),
        sign(BODY) + "0",
        sign(BODY) + "\n",
        f"{sign(BODY)},{sign(BODY)}",
        sign(BODY, "another secret"),
        sign(BODY + b" "),
        "sha256=" + "é" * 64,
    ],
    ids=range(10),
)
def test_every_other_header_is_refused(header: str) -> None:
    assert not is_genuine(APP_SECRET, {"X-Hub-Signature-256": header}, BODY)


def test_a_call_without_a_signature_is_refused() -> None:
    assert not is_genuine(APP_SECRET, {"X-Hub-Signature": "sha1=0"}, BODY)


def test_the_proof_is_the_token_signed_with_the_apps_secret() -> None:
    # RFC 4231, test case 2
    assert proof("Jefe", "what do ya want for nothing?") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
