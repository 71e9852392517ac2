"""What a text message costs: GSM 03.38 (3GPP TS 23.038 § 6.2.1), and UCS-2 for what that alphabet lacks."""

import re
from collections.abc import Iterator

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The characters of one septet: of the letters of French é, è, à, ù, É and Ç; not ç, ê, ô, À, œ."""

EXTENSION = frozenset("\f^{}\\[~]|€")
"""The characters of two septets, which stand in one segment together."""

_ALL = BASIC | EXTENSION
_EXTENDED = re.compile(f"[{re.escape(''.join(sorted(EXTENSION)))}]")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_ONE, _EACH = 160, 153
_ONE_WIDE, _EACH_WIDE = 70, 67


def is_gsm(text: str) -> bool:
    """Whether the alphabet has every character."""
    return _ALL.issuperset(text)


def units(text: str) -> int:
    """The septets of the text, or the 16-bit units where a character makes it UCS-2."""
    return len(text) + sum(1 for _ in _doubles(text))


def segments(text: str) -> int:
    """How many segments carry the text; 0 for the empty one. Each of several has less room, for it has a header."""
    one, each = (_ONE, _EACH) if is_gsm(text) else (_ONE_WIDE, _EACH_WIDE)
    needed = units(text)
    if needed <= one:
        return 1 if text else 0
    # A character of two units that begins on the last of a segment goes to the next one, and leaves that unit empty.
    shift = 0
    for already, at in enumerate(_doubles(text)):
        if (at + already + shift) % each == each - 1:
            shift += 1
    return -(-(needed + shift) // each)


def _doubles(text: str) -> Iterator[int]:
    """Where the characters of two units stand."""
    pattern = _EXTENDED if is_gsm(text) else _BEYOND
    return (found.start() for found in pattern.finditer(text))
