"""Only what Twilio signed with a token of the account is Twilio's."""

import hashlib
from urllib.parse import urlencode

import pytest

from bot.channels.port import Call
from bot.channels.twilio.signature import is_signed
from tests.channels.twilio.fake_twilio import NOON, TOKEN, message, sign

URL = "https://guide.example/channels/sms"
FIELDS = message(1, "Où, à Montréal & co. + 2 ?", Extra="")
FORM = "application/x-www-form-urlencoded"


def _call(signature: str, body: bytes | None = None, url: str = URL, content_type: str = FORM) -> Call:
    query = dict(part.split("=") for part in url.partition("?")[2].split("&") if part)
    headers = {"X-Twilio-Signature": signature, "Content-Type": content_type}
    return Call("POST", url, headers, query, urlencode(FIELDS).encode() if body is None else body, NOON)


def test_what_twilio_signed_is_genuine() -> None:
    assert is_signed(_call(sign(URL, FIELDS)), [TOKEN])


def test_twilios_own_example_is_genuine() -> None:
    # The example of its page on security, with its token and its signature.
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    fields = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675310", "Digits": "1234"}
    fields |= {"From": "+14158675310", "To": "+18005551212"}
    call = _call("GvWf1cFY/Q7PnoempGyD5oXAezc=", urlencode(fields).encode(), url)
    assert is_signed(call, ["12345"])


def test_the_token_before_holds_while_it_is_set() -> None:
    signed = _call(sign(URL, FIELDS, "the old one"))
    assert is_signed(signed, [TOKEN, "the old one"])
    assert not is_signed(signed, [TOKEN, ""])


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(_call(""), id="no signature"),
        pytest.param(_call(sign(URL, FIELDS, "")), id="signed with nothing"),
        pytest.param(_call(sign(URL, FIELDS, "another")), id="another's token"),
        pytest.param(_call(sign(f"{URL}x", FIELDS)), id="for another address"),
        pytest.param(_call(sign(URL, FIELDS | {"Body": "else"})), id="another text"),
        pytest.param(_call(sign(URL, FIELDS), urlencode(FIELDS).encode() + b"&Body=more"), id="a field more"),
        pytest.param(_call(sign(URL, FIELDS), b"Body=%ff"), id="no UTF-8"),
        pytest.param(_call("é" * 28), id="no base64"),
        pytest.param(_call(sign(URL, {}), b'{"any": 1}', content_type="application/json"), id="JSON without a digest"),
    ],
)
def test_what_is_not_so_signed_is_refused(call: Call) -> None:
    assert not is_signed(call, [TOKEN, ""])


def test_json_is_signed_by_its_digest_in_the_address() -> None:
    body = b'{"any": "thing"}'
    url = f"{URL}?bodySHA256={hashlib.sha256(body).hexdigest()}"
    assert is_signed(_call(sign(url, {}), body, url, "application/json"), [TOKEN])
    assert not is_signed(_call(sign(url, {}), body + b" ", url, "application/json"), [TOKEN])
