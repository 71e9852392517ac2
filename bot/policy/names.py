"""The names people use for a place, in both languages, and how two spellings are found to be one."""

import re
import unicodedata
from collections.abc import Iterable

import msgspec

from bot.policy.files import Filled

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'"})
_BETWEEN = re.compile(r"[\s\-–—/.,()]+")
_SHORTENED = re.compile(r"\b(St|Ste|Ft|Mt)\.")
_CAPITALIZED_WORDS = re.compile(r"[A-ZÀ-Ý][\w’]*(?: [A-ZÀ-Ý][\w’]*)+")


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


def spellings(names: Iterable[str]) -> tuple[str, ...]:
    """`names` and the other ways people write them: without hyphens, with them ("New-York"), "St" for "St."."""
    written: dict[str, None] = {}
    for name in names:
        bare = _SHORTENED.sub(r"\1", name)
        written |= dict.fromkeys((name, bare, name.replace("-", " "), bare.replace("-", " ")))
        if _CAPITALIZED_WORDS.fullmatch(bare):
            written[bare.replace(" ", "-")] = None
    return tuple(written)
