"""What the metrics count of a conversation, once its transaction is committed.

Every label is one of a closed set of our own words; whatever else were to stand there is counted as `other`.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, get_args

from bot.conversations import event_names
from bot.conversations.counted import FALLBACK
from bot.conversations.reasons import REASONS, Reason
from bot.guidance.ruling import Code, Verdict
from bot.metrics import instruments

SENDERS = frozenset({"traveller", "bot", "staff"})
_CODES, _VERDICTS, _REASONS = frozenset(get_args(Code)), frozenset(get_args(Verdict)), frozenset(REASONS)
_CHANNEL = re.compile(r"[a-z_]{1,20}")
_OTHER = "other"


def count(
    channel: str,
    messages: Sequence[Mapping[str, Any]],
    events: Sequence[Mapping[str, Any]],
    handed_over: Reason | None,
) -> None:
    """Counts what one transaction has added to a conversation of `channel`; `handed_over` where that began in it.

    A traveller's message is told by its event, since it is stored by a statement of its own.
    """
    named = channel_label(channel)
    for message in messages:
        instruments.MESSAGES.labels(named, _one_of(SENDERS, message["sender"])).inc()
        meta = message["meta"]
        # Every ruling has a part about the flight; it is told where the message is about that part.
        if meta.get("card") == "flight" and "ruling" in meta:
            flight = meta["ruling"]["cbp_on_next_flight"]
            instruments.RULINGS.labels(_one_of(_VERDICTS, flight["verdict"]), _one_of(_CODES, flight["code"])).inc()
    if any(message["sender"] == "bot" and message["meta"].get("intent") == FALLBACK for message in messages):
        instruments.FALLBACKS.inc()
    for event in events:
        instruments.EVENTS.labels(_one_of(event_names.ALL, event["name"])).inc()
        if event["name"] == event_names.RECEIVED:
            instruments.MESSAGES.labels(named, "traveller").inc()
    if handed_over is not None:
        instruments.HANDOVERS.labels(_one_of(_REASONS, handed_over)).inc()


def channel_label(name: str) -> str:
    """The channel's name; channels are folders of ours, and named so."""
    return name if _CHANNEL.fullmatch(name) else _OTHER


def _one_of(known: Collection[str], value: str) -> str:
    return value if value in known else _OTHER
