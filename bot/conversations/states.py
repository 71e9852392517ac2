"""Who holds a conversation, and how that may change."""

from typing import Literal, get_args

State = Literal["bot", "waiting", "human", "closed"]
STATES: tuple[State, ...] = get_args(State)

_NEXT: dict[State, frozenset[State]] = {
    "bot": frozenset({"waiting", "human", "closed"}),
    "waiting": frozenset({"bot", "human", "closed"}),
    "human": frozenset({"bot", "closed"}),
    # Who writes again after the end is answered again.
    "closed": frozenset({"bot", "waiting"}),
}


class StateError(ValueError):
    """A conversation was to change to a state that does not follow from the one it is in."""


def change(old: State, new: State) -> State:
    """The state after a change from `old` to `new`; staying is always allowed.

    Raises:
        StateError: `new` does not follow from `old`.
    """
    if new != old and new not in _NEXT[old]:
        raise StateError(f"a conversation cannot go from {old} to {new}; it can go to {', '.join(sorted(_NEXT[old]))}")
    return new


def bot_answers(state: State) -> bool:
    """Whether the bot speaks in this state; while a person has the conversation it keeps silent."""
    return state != "human"
