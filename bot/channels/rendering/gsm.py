"""What a text message costs: GSM 03.38 (3GPP TS 23.038 § 6.2.1), and UCS-2 for what that alphabet lacks."""

from collections.abc import Iterable

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The characters of one septet: of the letters of French é, è, à, ù, É and Ç; not ç, ê, ô, À, œ."""

EXTENSION = frozenset("\f^{}\\[~]|€")
"""The characters of two septets, which stand in one segment together."""

_ONE, _EACH = 160, 153
_ONE_WIDE, _EACH_WIDE = 70, 67


def is_gsm(text: str) -> bool:
    """Whether the alphabet has every character."""
    return all(character in BASIC or character in EXTENSION for character in text)


def units(text: str) -> int:
    """The septets of the text, or the 16-bit units where a character makes it UCS-2."""
    return sum(_units(text))


def segments(text: str) -> int:
    """How many segments carry the text; 0 for the empty one. A longer text has room for the header of each."""
    one, each = (_ONE, _EACH) if is_gsm(text) else (_ONE_WIDE, _EACH_WIDE)
    if not text:
        return 0
    if units(text) <= one:
        return 1
    count, room = 1, each
    for needed in _units(text):
        if needed > room:
            count, room = count + 1, each
        room -= needed
    return count


def _units(text: str) -> Iterable[int]:
    if is_gsm(text):
        return (2 if character in EXTENSION else 1 for character in text)
    return (2 if ord(character) > 0xFFFF else 1 for character in text)
