"""Canned replies: what staff often say, in both languages, with its variables filled in (`canned.yml`)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import msgspec

from bot.formats import Language
from bot.guidance.in_force import PROGRAMME_ZONE
from bot.policy.everything import FOLDER
from bot.policy.statements import Statement, load_statements
from bot.texts import LANGUAGES, Catalogue, WordingError, french_spaces, placeholders

FILE = Path(__file__).with_name("canned.yml")
_ALWAYS = frozenset({"agent", "policy"})
_VARIABLES = _ALWAYS | {"traveller", "next_opening"}


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both languages."""

    en: str
    fr: str

    def of(self, language: Language) -> str:
        """The text in `language`."""
        return self.fr if language == "fr" else self.en


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reply as the file gives it; the file says what its fields mean."""

    title: Wording
    texts: tuple[Wording, ...]
    statements: tuple[str, ...] = ()
    proved: bool = False


class CannedReply(msgspec.Struct, frozen=True):
    """A reply that can be put into the box as it is."""

    key: str
    title: Wording
    text: Wording


@dataclass(frozen=True)
class Moment:
    """For whom, by whom and when replies are filled in.

    `traveller` is the name, None where identity is not proved; `next_opening` is in the zone of the staffed hours, None
    while staff read messages.
    """

    agent: str
    traveller: str | None
    next_opening: datetime | None
    now: datetime


class CannedReplies:
    """All replies of the desk."""

    def __init__(self, entries: Mapping[str, Entry], statements: Mapping[str, Statement]) -> None:
        """Raises WordingError naming the first reply that cannot be used, and why."""
        for key, entry in entries.items():
            for fault in _faults(entry, statements):
                raise WordingError(f"{FILE.name}: {key}: {fault}")
        self._entries = entries
        self._statements = statements
        self._catalogue = Catalogue(
            {
                f"{key}.{place}": {language: french_spaces(text.of(language).strip()) for language in LANGUAGES}
                for key, entry in entries.items()
                for place, text in enumerate(entry.texts)
            }
        )

    def filled(self, moment: Moment) -> list[CannedReply]:
        """The replies that fit `moment`, in the file's order.

        Left out is what only somebody known may be told, and what the policy in force does not say.
        """
        return list(self._filled(moment))

    def _filled(self, moment: Moment) -> Iterator[CannedReply]:
        day = moment.now.astimezone(PROGRAMME_ZONE).date()
        for key, entry in self._entries.items():
            says = [self._statements[name] for name in entry.statements]
            if (entry.proved and moment.traveller is None) or not all(one.in_force(day) for one in says):
                continue
            values = {
                language: _known(moment, " ".join(one.text.fr if language == "fr" else one.text.en for one in says))
                for language in LANGUAGES
            }
            place = next(at for at, text in enumerate(entry.texts) if placeholders(text.en) <= values["en"].keys())
            said = {
                language: self._catalogue.say(f"{key}.{place}", language, **values[language]) for language in LANGUAGES
            }
            title = Wording(entry.title.en, french_spaces(entry.title.fr))
            yield CannedReply(key, title, Wording(said["en"], said["fr"]))


@cache
def canned_replies(file: Path = FILE) -> CannedReplies:
    """The replies of the file. Raises WordingError, PolicyError."""
    try:
        read = msgspec.yaml.decode(file.read_bytes(), type=dict[str, dict[str, Entry]])
    except msgspec.DecodeError as error:
        raise WordingError(f"{file.name}: {error}") from error
    if set(read) != {"replies"}:
        raise WordingError(f"{file.name}: expected a mapping `replies:` and nothing else")
    return CannedReplies(read["replies"], load_statements(FOLDER))


def _known(moment: Moment, policy: str) -> dict[str, object]:
    values = {
        "agent": moment.agent,
        "traveller": moment.traveller,
        "next_opening": moment.next_opening,
        "policy": policy,
    }
    return {name: value for name, value in values.items() if value is not None}


def _faults(entry: Entry, statements: Mapping[str, Statement]) -> Iterator[str]:
    if not entry.texts:
        yield "has no text"
    for text in (entry.title, *entry.texts):
        if not (text.en.strip() and text.fr.strip()):
            yield "a text is empty; give both en and fr"
        if placeholders(text.en) != placeholders(text.fr):
            yield "en and fr have different variables"
    used = [placeholders(text.en) for text in entry.texts]
    for unknown in frozenset().union(*used) - _VARIABLES:
        yield f"the variable {unknown} is unknown; there are {', '.join(sorted(_VARIABLES))}"
    if used and not used[-1] <= _ALWAYS:
        yield "the last text must need no variable that may be missing"
    if any("policy" in names for names in used) != bool(entry.statements):
        yield "the variable policy and `statements` go together"
    for name in entry.statements:
        if name not in statements:
            yield f"the policy has no statement {name}"
