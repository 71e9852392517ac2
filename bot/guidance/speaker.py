"""Puts rules, steps and names in words, in one language, and keeps what it has said.

What has no instant in it (most of it) is put in words once per day and language. Keys of the catalogue:
`reason.RULE.holds`, `reason.RULE.fails`, `step.CODE`, each with a `.VARIANT` where one wording does not fit all.
"""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain

from bot.guidance.in_force import InForce
from bot.guidance.policy import Text
from bot.guidance.ruling import CentreChoice, CitedSource, Language, NextStep, Notice, Reason
from bot.guidance.wording import Wording

Plain = str | int | date
"""A value that reads the same wherever it is equal."""

_KEPT = 4096
_ENDS = {True: "holds", False: "fails"}


class Speaker:
    """Says things about the policy `in_force` in `language`."""

    def __init__(self, in_force: InForce, wording: Wording, language: Language) -> None:
        self.in_force = in_force
        self.wording = wording
        self.language: Language = language
        policy = in_force.policy
        self._sources = {name: fact.span.sources for name, fact in policy.rules.items()}
        self._cited = {
            source.id: CitedSource(source.id, self.text(source.title), source.date, source.url)
            for source in policy.sources.values()
        }
        self._airports = {code: _with_code(self.text(name), code) for code, name in policy.city_names.items()}
        self._airports |= {code: _with_code(self.text(airport.name), code) for code, airport in policy.airports.items()}
        self._notices = {
            fact.code: Notice(fact.code, self.text(fact.text), fact.sources, fact.since) for fact in in_force.notices
        }
        self.centres = {
            option: tuple(CentreChoice(centre.centre_id, self.text(centre.name)) for centre in sites.centres)
            for option, sites in in_force.sites.items()
        }
        """The open centres of each option by name, in the policy's order."""
        self._reasons: dict[tuple[str, bool, str, tuple[str, ...], tuple[Plain, ...]], Reason] = {}
        self._steps: dict[tuple[str, str], NextStep] = {}
        self._said: dict[str, str] = {}
        self._noticed: dict[tuple[str, ...], tuple[Notice, ...]] = {}

    def text(self, text: Text) -> str:
        """A policy text in this language."""
        return text.fr if self.language == "fr" else text.en

    def say(self, key: str, **values: object) -> str:
        """A text of the catalogue."""
        if values:
            return self.wording.say(key, self.language, **values)
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = self.wording.say(key, self.language)
        return said

    def place(self, name: str) -> str:
        """The airport's name with its code, or the place as the traveller named it."""
        return self._airports.get(name, name)

    def reason(
        self, rule: str, holds: bool, variant: str = "", sources: tuple[str, ...] = (), **values: Plain
    ) -> Reason:
        """The reason of `rule`; `sources` are those of the very fact it found, beside those of the rule."""
        key = (rule, holds, variant, sources, tuple(values.values()) if values else ())
        kept = self._reasons.get(key)
        if kept is None:
            if len(self._reasons) >= _KEPT:
                self._reasons.clear()
            kept = self._reasons[key] = self.reason_at(rule, holds, variant, sources, **values)
        return kept

    def reason_at(
        self, rule: str, holds: bool, variant: str = "", sources: tuple[str, ...] = (), **values: Plain | datetime
    ) -> Reason:
        """As `reason`, with instants among the values.

        Nothing is kept: an instant equals itself in another zone, where it reads differently.
        """
        cited = self._sources[rule]
        if sources:
            cited = tuple(dict.fromkeys(cited + sources))
        text = self.wording.say(f"reason.{rule}.{_ENDS[holds]}{variant and '.' + variant}", self.language, **values)
        return Reason(rule, holds, text, cited)

    def step(self, code: str, variant: str = "", **values: object) -> NextStep:
        """The next step `code`."""
        if values:
            return self._step(code, variant, values)
        kept = self._steps.get((code, variant))
        if kept is None:
            kept = self._steps[code, variant] = self._step(code, variant, values)
        return kept

    def _step(self, code: str, variant: str, values: dict[str, object]) -> NextStep:
        text = self.wording.say(f"step.{code}{variant and '.' + variant}", self.language, **values)
        return NextStep(code, text, self._sources[f"step.{code}"])

    def notices(self, touched: tuple[str, ...]) -> tuple[Notice, ...]:
        """The notices on the rules, options, steps and airports in `touched`."""
        kept = self._noticed.get(touched)
        if kept is None:
            if len(self._noticed) >= _KEPT:
                self._noticed.clear()
            found = self.in_force.noticed(touched)
            kept = self._noticed[touched] = tuple(self._notices[fact.code] for fact in found)
        return kept

    def cited(self, ids: Iterable[tuple[str, ...]]) -> tuple[CitedSource, ...]:
        """The sources in `ids`, once each, in the order first cited."""
        cited = self._cited
        return tuple([cited[source] for source in dict.fromkeys(chain.from_iterable(ids))])


def _with_code(name: str, code: str) -> str:
    return name if code in name else f"{name} ({code})"
