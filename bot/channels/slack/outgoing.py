"""What we send to Slack, and how it is found again after a cut connection.

Slack has no keys for repeats. But a message may carry metadata that only apps see; ours carries the key, and the
channel's history is asked for it.
"""

from datetime import datetime, timedelta
from typing import Any

from bot.channels.rendering.link import beside_button
from bot.channels.slack import written
from bot.channels.slack.api import Api
from bot.conversations.outbox.port import Letter, NotSentError, Part, RefusedError, Sent, UnclearError

EVENT = "nexus_guide_message"
_LOOK_BACK = timedelta(minutes=5)
"""Slack's clock and ours may differ."""

_MOST = 100
"""Messages of the history: apps for all the world get 15 whatever they ask for, a workplace's own app these."""


async def send(api: Api, letter: Letter) -> Sent:
    """Sends one part. Raises SendError."""
    return await post(api, letter.address, body(letter.part), letter.key, letter.now)


async def find(api: Api, letter: Letter) -> Sent | None:
    """The message that carries the key, None where there is none. Raises UnclearError or NotSentError."""
    return await look_for(api, letter.address, letter.key, letter.since or letter.heard_at, letter.now)


async def post(api: Api, channel: str, shown: dict[str, Any], key: str, now: datetime) -> Sent:
    """Writes a message that carries the key. Raises SendError."""
    metadata = {"event_type": EVENT, "event_payload": {"key": key}}
    answer = await api.call(
        "chat.postMessage", now, channel=channel, metadata=metadata, unfurl_links=False, unfurl_media=False, **shown
    )
    name = answer.get("ts")
    if not isinstance(name, str):
        raise UnclearError("expected the time stamp of the message, and something else came")
    return Sent(name)


async def look_for(api: Api, channel: str, key: str, since: datetime, now: datetime) -> Sent | None:
    """Searches the newest messages of a channel for the key. Raises UnclearError or NotSentError."""
    oldest = f"{(since - _LOOK_BACK).timestamp():.6f}"
    try:
        answer = await api.ask(
            "conversations.history", now, channel=channel, include_all_metadata=True, oldest=oldest, limit=_MOST
        )
    except NotSentError as error:
        if "missing_scope" in str(error):
            raise UnclearError("the app may not read what it has written; it lacks a history scope") from error
        raise
    except RefusedError as error:
        raise UnclearError(str(error)) from error
    except UnclearError as error:
        # Asking has no effect, so this is only a question that was not answered.
        raise NotSentError(str(error)) from error
    for message in answer.get("messages") or ():
        metadata = message.get("metadata") or {}
        if metadata.get("event_type") == EVENT and (metadata.get("event_payload") or {}).get("key") == key:
            return Sent(message["ts"])
    return None


def body(part: Part) -> dict[str, Any]:
    """Text and buttons; `text` is what notifications and screen readers say."""
    keys: list[dict[str, Any]] = [
        {
            "type": "button",
            "action_id": f"say_{place}",
            "text": {"type": "plain_text", "text": button.title, "emoji": False},
            "value": button.payload,
        }
        for place, button in enumerate(part.buttons, 1)
    ]
    if part.link is not None:
        keys.insert(0, link(part.link, part.link_title or part.link[:75]))
    text = beside_button(part)
    blocks: list[dict[str, Any]] = [written.block(text)]
    return {
        "text": written.escaped(text),
        "mrkdwn": False,
        "blocks": [*blocks, {"type": "actions", "elements": keys}] if keys else blocks,
    }


def link(address: str, title: str) -> dict[str, Any]:
    """A button that opens a page."""
    return {
        "type": "button",
        "action_id": "open",
        "text": {"type": "plain_text", "text": title, "emoji": False},
        "url": address,
    }
