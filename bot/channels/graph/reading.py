"""Reading what Meta sends: unknown fields are let go, so that its additions break nothing."""

import hashlib
from typing import TypeVar

import msgspec

from bot.channels.port import CallError, Place
from bot.conversations.intake import LONGEST_CLIENT_ID

"""What the guide cannot read, by the names of `Said`."""

_Type = TypeVar("_Type")


class Coordinates(msgspec.Struct, frozen=True):
    """A place in degrees, by the names of either channel."""

    latitude: float | None = None
    longitude: float | None = None
    lat: float | None = None
    long: float | None = None

    def place(self) -> Place | None:
        """The place, None where there is no such place on Earth."""
        latitude = self.lat if self.latitude is None else self.latitude
        longitude = self.long if self.longitude is None else self.longitude
        if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
            return None
        return Place(latitude, longitude)


def decode(body: bytes, kind: type[_Type]) -> _Type:
    """What a call holds. Raises CallError."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # The decoder's own words may quote a message.
        raise CallError("expected a webhook of the Graph API as its reference describes it") from error


def when(timestamp: int | str) -> int:
    """A point in time to sort by; Meta gives some as a number, some as a text. Raises CallError."""
    try:
        return int(timestamp)
    except ValueError as error:
        raise CallError("expected a timestamp in digits") from error


def name_of(provider_id: str) -> str:
    """Meta's id of a message, as long as ours may be: Meta sets no bound to the length of its own."""
    if len(provider_id) <= LONGEST_CLIENT_ID and provider_id.isprintable():
        return provider_id
    return made_name(provider_id)


def made_name(*parts: str) -> str:
    """A name for what Meta gives none, the same for the same parts; nobody can read them from it."""
    return f"sha256:{hashlib.sha256(chr(31).join(parts).encode('utf-8', 'replace')).hexdigest()}"
