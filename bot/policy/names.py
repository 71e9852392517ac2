"""The names people use for a place, in both languages, and how two spellings are found to be one."""

import re
import unicodedata
from collections.abc import Iterable

import msgspec

from bot.policy.files import Filled

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'"})
_BETWEEN = re.compile(r"[\s\-–—/.,()]+")


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names a place goes by; `shared` are those of them that other places go by too ("London", "Portland")."""

    en: tuple[Filled, ...]
    fr: tuple[Filled, ...]
    shared: tuple[Filled, ...] = ()

    def every(self) -> tuple[str, ...]:
        """All of them, each spelling once, English first."""
        return tuple(dict.fromkeys((*self.en, *self.fr)))


def fold(name: str) -> str:
    """`name` without accents, capitals, hyphens and full stops, with single spaces: "l'Île-de-Toronto" and
    "l’ile de toronto" become one."""
    flat = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold()
    flat = "".join(sign for sign in flat if not unicodedata.combining(sign))
    return _BETWEEN.sub(" ", flat.replace("œ", "oe")).strip()


def folded(names: Iterable[str]) -> frozenset[str]:
    """`fold` of each of `names`."""
    return frozenset(map(fold, names))
