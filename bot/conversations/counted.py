"""Messages that reports count, told by conditions that indexes serve; an index is recognised by these very words."""

from typing import Any

from sqlalchemy import ColumnElement, column

from bot.db.portable import JsonText, literal_text

FALLBACK = "nlu_fallback"
"""The intent of a message that the guide asked about again."""

CANNOT_TELL = (
    "policy_silent_mode",
    "policy_silent_airport",
    "policy_silent_land_start",
    "no_trip_known",
    "no_application_facts",
)
"""The codes of rulings with the verdict "cannot tell": the policy is silent, or facts are missing."""

_SENDER: ColumnElement[Any] = column("sender")
_META: ColumnElement[Any] = column("meta")
_FLIGHT = ("ruling", "cbp_on_next_flight")


def by_traveller(sender: ColumnElement[Any] = _SENDER) -> ColumnElement[bool]:
    """Written by the traveller."""
    return sender == literal_text("traveller")


def not_understood(sender: ColumnElement[Any] = _SENDER, meta: ColumnElement[Any] = _META) -> ColumnElement[bool]:
    """Written by the traveller, and asked about again."""
    return by_traveller(sender) & (JsonText(meta, "intent") == literal_text(FALLBACK))


def cannot_tell(
    code: str, sender: ColumnElement[Any] = _SENDER, meta: ColumnElement[Any] = _META
) -> ColumnElement[bool]:
    """An answer about a flight, whose verdict is "cannot tell" for the reason `code`.

    Every ruling has a part about the flight; what counts is where the message is about that part.
    """
    return (
        (sender == literal_text("bot"))
        & (JsonText(meta, "card") == literal_text("flight"))
        & (JsonText(meta, *_FLIGHT, "verdict") == literal_text("cannot_tell"))
        & (JsonText(meta, *_FLIGHT, "code") == literal_text(code))
    )
