"""What processes tell each other, as short as it can be said; no words of anybody, no addresses."""

from typing import Literal

import msgspec

from bot.conversations.broadcast import Delivered, Fared, Read, Sign, Typing


class _Typing(msgspec.Struct, frozen=True, array_like=True, tag="t"):
    on: bool
    sender: str


class _Delivered(msgspec.Struct, frozen=True, array_like=True, tag="d"):
    client_message_id: str
    seq: int


class _Read(msgspec.Struct, frozen=True, array_like=True, tag="r"):
    by: str
    seq: int


class _Fared(msgspec.Struct, frozen=True, array_like=True, tag="f"):
    first_seq: int
    last_seq: int
    state: str


_Short = _Typing | _Delivered | _Read | _Fared


class Frame(msgspec.Struct, frozen=True, array_like=True):
    """`origin` is the process that tells; `freed` are the locks that others wait for and that it let go."""

    origin: bytes
    changed: tuple[str, ...] = ()
    signs: tuple[tuple[str, _Short], ...] = ()
    freed: tuple[str, ...] = ()


_STATES: tuple[Literal["sent", "delivered"], ...] = ("sent", "delivered")
_decoder = msgspec.msgpack.Decoder(Frame)
_encoder = msgspec.msgpack.Encoder()


def encode(frame: Frame) -> bytes:
    """The frame as bytes."""
    return _encoder.encode(frame)


def decode(data: bytes) -> Frame | None:
    """The frame of these bytes, None where another version of the guide speaks otherwise."""
    try:
        return _decoder.decode(data)
    except msgspec.MsgspecError:
        return None


def short(sign: Sign) -> _Short:
    """A sign as it stands in a frame."""
    if isinstance(sign, Typing):
        return _Typing(sign.on, sign.sender)
    if isinstance(sign, Delivered):
        return _Delivered(sign.client_message_id, sign.seq)
    if isinstance(sign, Fared):
        return _Fared(sign.first_seq, sign.last_seq, sign.state)
    return _Read(sign.by, sign.seq)


def full(sign: _Short) -> Sign | None:
    """The sign again, None where it is of a kind that this version does not know."""
    if isinstance(sign, _Typing):
        for sender in ("bot", "staff", "traveller"):
            if sign.sender == sender:
                return Typing(sign.on, sender)
        return None
    if isinstance(sign, _Delivered):
        return Delivered(sign.client_message_id, sign.seq)
    if isinstance(sign, _Fared):
        return next((Fared(sign.first_seq, sign.last_seq, each) for each in _STATES if each == sign.state), None)
    for side in ("staff", "traveller"):
        if sign.by == side:
            return Read(side, sign.seq)
    return None
