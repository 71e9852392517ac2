"""Asks staff what a sentence means, in a terminal or through a pipe."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from bot.formats import clock_time, plain_date
from bot.improving.teachable import tidy, unfit
from bot.improving.unsure import Unsure

ZONE = ZoneInfo("America/Toronto")
_PREFIX = "ask_"
GUIDE = (
    "Give each sentence its intent, by number or name (docs/intents.md says which is which).\n"
    "Enter skips, w writes the sentence anew, ? lists the intents, q quits."
)


class QuitError(Exception):
    """The reviewer has had enough, or the input has ended."""


@dataclass(frozen=True)
class Label:
    """What the reviewer decided: the sentence to learn, tidy and fit, and its intent."""

    text: str
    intent: str


Read = Callable[[], str | None]
"""Gives the next line without its end, None at the end of the input."""


def described(item: Unsure) -> str:
    """The sentence with when and how it was answered, and its guesses, over several lines."""
    local = item.at.astimezone(ZONE)
    times = f", {len(item.message_ids)} times" if len(item.message_ids) > 1 else ""
    how = "asked again" if item.asked_again else f"answered as {item.intent} ({item.confidence:.0%})"
    guesses = [
        f"{number} {name}" + ("" if share is None else f" ({share:.0%})")
        for number, (name, share) in enumerate(item.guesses, start=1)
    ]
    head = f"{item.language}, {plain_date(local.date(), 'en')}, {clock_time(local, 'en')}{times}: {how}"
    lines = [head, f"  {shown(item.text)}"]
    return "\n".join([*lines, f"    {'   '.join(guesses)}"] if guesses else lines)


def shown(text: str) -> str:
    """`text` on one line, without signs that would change what the terminal shows."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


class Reviewer:
    """One person who answers."""

    def __init__(self, intents: frozenset[str], now: datetime, read: Read) -> None:
        self._intents = intents
        self._now = now
        self._read = read

    def ask(self, item: Unsure) -> Label | None:
        """The reviewer's decision, None where the sentence is skipped.

        Raises:
            QuitError: the reviewer quits or the input ends before a decision.
        """
        text = item.text
        while typed := self._line("  intent: "):
            if typed == "q":
                raise QuitError
            if typed == "?":
                click.echo(click.wrap_text(", ".join(sorted(self._intents)), 100, "    ", "    "))
            elif typed == "w":
                text = self._written_anew() or text
            else:
                intent = self._intent(typed, item)
                fitting = self._fitting(text) if intent else None
                if intent and fitting:
                    return Label(fitting, intent)
                if intent:
                    return None
        return None

    def _line(self, prompt: str) -> str:
        click.echo(prompt, nl=False)
        line = self._read()
        if line is None:
            click.echo()
            raise QuitError
        return line.strip()

    def _intent(self, typed: str, item: Unsure) -> str | None:
        by_number = {str(number): name for number, (name, _) in enumerate(item.guesses, start=1)}
        if typed in by_number:
            return by_number[typed]
        if typed.isdecimal():
            choice = f"from 1 to {len(item.guesses)}" if item.guesses else "none, for there is no guess"
            click.echo(f"  expected a number {choice}, got {typed[:20]}; the name of an intent will do as well")
            return None
        by_name = {name.removeprefix(_PREFIX): name for name in self._intents} | {name: name for name in self._intents}
        if typed in by_name:
            return by_name[typed]
        close = dict.fromkeys(by_name[name] for name in difflib.get_close_matches(typed, by_name))
        hint = f"did you mean {' or '.join(close)}?" if close else "? lists them"
        click.echo(f'  there is no intent "{shown(typed[:60])}"; {hint}')
        return None

    def _fitting(self, text: str) -> str | None:
        """The sentence as it may be trained on, written anew where it may not; None to leave it out."""
        while (reason := unfit(tidy(text), self._now)) is not None:
            click.echo(f"  It cannot be taught as it stands: {reason}.")
            anew = self._written_anew()
            if anew is None:
                return None
            text = anew
        return tidy(text)

    def _written_anew(self) -> str | None:
        return self._line("  Write it anew, without what tells who wrote it (Enter leaves it): ") or None
