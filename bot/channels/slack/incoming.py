"""What Slack delivers: events as JSON, presses on buttons as a form with a field of JSON."""

from typing import Any, TypeVar
from urllib.parse import parse_qs

import msgspec

from bot.channels.port import Attachment, CallError, Said
from bot.channels.slack import written

_SPOKEN = (None, "file_share", "thread_broadcast")
"""The kinds of message that a person writes; the others tell of edits, topics and the like."""

_T = TypeVar("_T")
_BY_TYPE: dict[str, Attachment] = {"image": "picture", "audio": "voice", "video": "video"}


class File(msgspec.Struct, frozen=True):
    """A file with a message."""

    mimetype: str = ""


class Event(msgspec.Struct, frozen=True):
    """What happened; of a message, `ts` is its name in its channel."""

    type: str
    subtype: str | None = None
    channel: Any = None
    channel_type: str = ""
    user: str | None = None
    bot_id: str | None = None
    text: str = ""
    ts: str = ""
    files: list[File] = []


class Envelope(msgspec.Struct, frozen=True):
    """The outside of what the Events API delivers."""

    type: str
    team_id: str = ""
    event: Event | None = None
    challenge: str = ""


class Named(msgspec.Struct, frozen=True):
    """A team, channel or user."""

    id: str = ""


class Action(msgspec.Struct, frozen=True):
    """A press; a button that opens a page has no `value`."""

    type: str = ""
    action_id: str = ""
    value: str | None = None
    action_ts: str = ""


class Interaction(msgspec.Struct, frozen=True):
    """What somebody did to one of our messages."""

    type: str
    team: Named | None = None
    channel: Named | None = None
    actions: list[Action] = []


def envelope(body: bytes) -> Envelope:
    """The event. Raises CallError."""
    return _decoded(body, Envelope)


def read(body: bytes, content_type: str, team: str) -> list[Said]:
    """What travellers said to the app in a direct message; empty for all else. Raises CallError.

    `team` is our workspace; empty where any is taken. A repeat (X-Slack-Retry-Num) has the same `ts`, and so has a
    second event about the same message; only direct messages count, so that nobody reads a file who should not.
    """
    if content_type.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded":
        return _pressed(body, team)
    came = envelope(body)
    event = came.event
    if came.type != "event_callback" or event is None or (team and came.team_id != team):
        return []
    if event.type != "message" or event.channel_type != "im" or event.subtype not in _SPOKEN:
        return []
    if event.bot_id is not None or event.user is None or event.user == "USLACKBOT":
        return []  # also what we say ourselves
    if not isinstance(event.channel, str) or not event.ts:
        raise CallError("expected the channel and the ts of a message")
    text = written.heard(event.text)
    attachment = _attachment(event.files[0]) if event.files else None
    return [Said(event.channel, f"m{event.ts}", text, attachment)] if text or attachment else []


def _pressed(body: bytes, team: str) -> list[Said]:
    try:
        (payload,) = parse_qs(body.decode(), max_num_fields=10).get("payload", [])
    except (UnicodeDecodeError, ValueError) as error:
        raise CallError("expected a form with one field `payload`") from error
    came = _decoded(payload.encode(errors="surrogatepass"), Interaction)
    if came.type != "block_actions" or came.channel is None or not came.channel.id.startswith("D"):
        return []  # such as the link in an alert to staff
    if team and (came.team is None or came.team.id != team):
        return []
    presses = [each for each in came.actions if each.type == "button" and each.value]
    return [Said(came.channel.id, f"a{each.action_ts}-{each.action_id}"[:128], each.value or "") for each in presses]


def _attachment(file: File) -> Attachment:
    return _BY_TYPE.get(file.mimetype.partition("/")[0], "file")


def _decoded(body: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CallError("expected an event or an interaction as Slack documents them") from error
