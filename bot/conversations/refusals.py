"""Why an act of staff on a conversation is refused; nothing of it is done then."""

from bot.audit.actor import Actor


class TakenError(Exception):
    """Somebody else of the staff has the conversation already: `by`."""

    def __init__(self, by: Actor) -> None:
        super().__init__(f"{by.name} has the conversation already")
        self.by = by


class NotHeldError(Exception):
    """Only who has the conversation may do this; `by` has it, or nobody."""

    def __init__(self, by: Actor | None) -> None:
        who = f"{by.name} has it" if by is not None else "nobody has it"
        super().__init__(f"expected that you have the conversation, but {who}; take it first")
        self.by = by


class SnoozeError(ValueError):
    """A conversation was to be put aside until an instant that has passed."""
