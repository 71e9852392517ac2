"""Writes the folder of a new channel: everything of the one shape, and nothing that could send or take anything yet."""

import keyword
import re
from collections.abc import Sequence
from pathlib import Path
from string import Template

from bot.conversations.outbox.entries import FETCHED

_TEMPLATES = Path(__file__).parent / "templates"
_CODE = ("__init__", "settings", "signature", "incoming", "outgoing", "channel")
_NAME = re.compile(r"[a-z][a-z0-9_]{1,19}", re.ASCII)
_IMPORTS = re.compile(r"(?:^from (?:bot|tests)\..*\n)+", re.MULTILINE)
_NOT_CHANNELS = FETCHED | {"scaffold", "rendering"}


class WrongNameError(ValueError):
    """A channel cannot be called so; the message says what was expected."""


class NameTakenError(ValueError):
    """There is such a folder already; the message names it."""


def write(name: str, root: Path) -> Sequence[Path]:
    """Writes the channel `name` into the checkout at `root`; gives what was written, as seen from there.

    Raises:
        WrongNameError: it is no name for a channel.
        NameTakenError: a folder or module of that name exists; nothing is written.
    """
    if not _NAME.fullmatch(name) or keyword.iskeyword(name) or name in _NOT_CHANNELS:
        raise WrongNameError(
            f"expected a channel's name of 2 to 20 small letters, digits and underscores that is no word of Python "
            f"and none of {', '.join(sorted(_NOT_CHANNELS))}, got {name!r}; choose another"
        )
    code, tests = Path("bot/channels") / name, Path("tests/channels") / name
    for folder in (code, code.with_suffix(".py"), tests):
        if (root / folder).exists():
            raise NameTakenError(f"{folder} is there already; choose another name, or remove it first")
    files = {code / f"{part}.py": f"{part}.txt" for part in _CODE}
    files |= {tests / f"fake_{name}.py": "fake.txt", tests / "test_channel.py": "test_channel.txt"}
    for folder in (code, tests):
        (root / folder).mkdir(parents=True)
    for file, template in files.items():
        (root / file).write_text(_filled(template, name), encoding="utf-8")
    return list(files)


def next_steps(name: str) -> str:
    """What whoever asked for the channel does now."""
    return _filled("next_steps.txt", name).rstrip()


def _filled(template: str, name: str) -> str:
    words = {"name": name, "NAME": name.upper(), "Name": "".join(word.capitalize() for word in name.split("_"))}
    filled = Template((_TEMPLATES / template).read_text(encoding="utf-8")).substitute(words)
    return _IMPORTS.sub(_in_order, filled)


def _in_order(imports: re.Match[str]) -> str:
    # Where the channel's own modules stand among the others depends on its name.
    return "".join(sorted(imports[0].splitlines(keepends=True), key=lambda line: line.split()[1]))
