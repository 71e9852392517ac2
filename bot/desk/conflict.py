"""A 409 that says who has the conversation."""

import msgspec

from bot.audit.actor import Actor
from bot.desk.cards import Named
from bot.http.problems import Problem, ProblemDetails


class ConflictDetails(ProblemDetails, frozen=True):
    """What stands in it; `assignee` is left out where nobody has the conversation."""

    assignee: Named | None = None


class Conflict(Problem):
    """An act that somebody else's hold on the conversation does not allow; `by` has it, or nobody."""

    def __init__(self, kind: str, detail: str, by: Actor | None) -> None:
        super().__init__(409, kind, detail)
        assignee = Named(by.id, by.name) if by is not None else None
        self.details = ConflictDetails(**msgspec.structs.asdict(self.details), assignee=assignee)
