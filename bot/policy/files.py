"""Policy files as typed entries: YAML in, msgspec structs out, with every fault named by file and entry."""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
import yaml

from bot.guidance.policy import Text
from bot.policy.faults import Faults

T = TypeVar("T")
Filled = Annotated[str, msgspec.Meta(min_length=1, pattern=r"^\S(.*\S)?$")]
SourceIds = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]

_IN_ENTRY = re.compile(r"^(?P<what>.*?)(?: - at `(?:key in )?\$(?P<path>.*)`)?$", re.DOTALL)
_KNOWN_MESSAGES = (
    (re.compile(r"Object missing required field `(en|fr)`"), r"\1 is missing; every text needs both en and fr"),
    (re.compile(r"Object missing required field `sources`"), "no source is named; every entry needs `sources`"),
    (re.compile(r"Object missing required field `(\w+)`"), r"`\1` is missing"),
    (re.compile(r"Object contains unknown field `(.+)`"), r"unknown key `\1`; correct its name or remove it"),
)


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages as a file gives it."""

    en: Filled
    fr: Filled

    def text(self) -> Text:
        """The same as the engine's `Text`."""
        return Text(self.en, self.fr)


class _Loader(yaml.CSafeLoader):
    """YAML's safe loader, which also notes keys that stand twice instead of letting the last one win."""

    repeats: list[tuple[str, int]]

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                self.repeats.append((str(key.value), key.start_mark.line + 1))
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read_section(path: Path, section: str, kind: type[T], faults: Faults) -> dict[str, T]:
    """The entries of `path`, a file with the one key `section`: a mapping of ids to entries of `kind`.

    A faulty entry is noted in `faults` and left out, so that the rest can be checked too.
    """
    return read_sections(path, {section: kind}, faults)[section]


def read_sections(path: Path, kinds: dict[str, type[T]], faults: Faults) -> dict[str, dict[str, T]]:
    """The entries of a file with several sections, each a mapping of ids to entries of its kind."""
    content = _content(path, faults)
    if content is not None and set(content) != set(kinds):
        faults.add(path.name, None, f"expected the keys {sorted(kinds)}, found {sorted(map(str, content))}")
    return {name: _entries(path.name, (content or {}).get(name, {}), kind, faults) for name, kind in kinds.items()}


def _content(path: Path, faults: Faults) -> dict[Any, Any] | None:
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
    except OSError as error:
        faults.add(path.name, None, f"cannot be read ({error.strerror}); it is part of the policy")
        return None
    except UnicodeDecodeError as error:
        faults.add(path.name, None, f"is not UTF-8 (byte {error.start}); save it as UTF-8")
        return None
    loader.repeats = []
    try:
        content = loader.get_single_data()
    except yaml.YAMLError as error:
        faults.add(path.name, None, f"is not YAML: {' '.join(str(error).split())}")
        return None
    except ValueError as error:  # a date such as 2023-02-30
        faults.add(path.name, None, f"holds a value that cannot be: {error}")
        return None
    for key, line in loader.repeats:
        faults.add(path.name, key, f"this key stands twice in one mapping (line {line}); keep one")
    if not isinstance(content, dict):
        faults.add(path.name, None, f"expected a mapping, found {type(content).__name__}")
        return None
    return content


def _entries(file: str, section: object, kind: type[T], faults: Faults) -> dict[str, T]:
    if not isinstance(section, dict):
        faults.add(file, None, f"expected a mapping of ids to entries, found {type(section).__name__}")
        return {}
    entries: dict[str, T] = {}
    for name, raw in section.items():
        if not isinstance(name, str):
            faults.add(file, str(name), "an id must be text; put it in quotation marks")
            continue
        try:
            entries[name] = msgspec.convert(raw, kind)
        except msgspec.ValidationError as error:
            faults.add(file, name, _plain(str(error)))
    return entries


def _plain(message: str) -> str:
    match = _IN_ENTRY.match(message)
    assert match is not None
    what, path = match["what"], (match["path"] or "").lstrip(".")
    for pattern, plain in _KNOWN_MESSAGES:
        what = pattern.sub(plain, what)
    return f"{path}: {what}" if path else what
