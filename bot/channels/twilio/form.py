"""What Twilio posts: a form."""

from urllib.parse import parse_qsl

from multidict import MultiDict

from bot.channels.port import CallError

_MOST_FIELDS = 200
"""Twilio sends some thirty."""


def fields(body: bytes) -> MultiDict[str]:
    """The fields of a form, as often as they stand there, empty ones too: they are signed. Raises CallError."""
    try:
        found = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        # Its message would quote the body.
        raise CallError("expected a form (application/x-www-form-urlencoded) in UTF-8") from None
    return MultiDict(found)


def one(form: MultiDict[str], name: str) -> str:
    """A field's value, "" where it is not there. Raises CallError where it stands there twice."""
    values = form.getall(name, [])
    if len(values) > 1:
        raise CallError(f"expected {name} once, found it {len(values)} times")
    return values[0] if values else ""


def needed(form: MultiDict[str], name: str) -> str:
    """A field that must be there. Raises CallError."""
    value = one(form, name)
    if not value:
        raise CallError(f"expected the field {name}")
    return value
