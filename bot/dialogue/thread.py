"""The thread of a conversation: the question of the guide's that is open, and whether a turn interrupts it."""

from collections.abc import Collection
from dataclasses import dataclass

# Asked in passing: it stays answerable for a while, and nobody is asked it again.
_IN_PASSING = frozenset({"home", "proof"})
# The facts that answer each question.
_ANSWERED_BY = {
    "origin": {"origin"},
    "destination": {"destination"},
    "when": {"travel_day", "travel_time"},
    "progress": {"claimed_cbsa", "claimed_status"},
    "cbsa_centre": {"claimed_cbsa_centre"},
    "cbsa_at": {"claimed_cbsa_at"},
    "shared": {"claimed_shared"},
}


@dataclass
class Thread:
    """The goal and the question that were open when a turn began, and what the turn has done with them.

    `pursued` is the goal that the turn answered, `asked` says that it asked a question of its own or settled the old
    one.
    """

    goal: str | None
    awaiting: str | None
    pursued: str | None = None
    asked: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a question waits that the guide comes back to."""
        return self.awaiting is not None and self.awaiting not in _IN_PASSING

    @property
    def interrupted(self) -> bool:
        """Whether the turn left the open question unanswered, for something else."""
        if self.awaiting is None or self.asked:
            return False
        if self.awaiting in _IN_PASSING:
            return self.pursued is None
        return self.pursued != self.goal or self.goal is None

    def answered_by(self, changed: Collection[str]) -> bool:
        """Whether the facts that changed answer the open question in passing."""
        return bool(_ANSWERED_BY.get(self.awaiting or "", set()).intersection(changed))
