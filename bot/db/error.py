"""What is said when the database cannot be used."""


class DatabaseError(Exception):
    """The database cannot be opened or brought up to date; the message is one sentence: what, and what to do."""


class UnavailableError(Exception):
    """The database is away for now, or takes nothing more; what was under way may be stored or not.

    `is_full` where its disk is. The cause is attached.
    """

    def __init__(self, *, is_full: bool = False) -> None:
        super().__init__("the disk of the database is full" if is_full else "the database is away")
        self.is_full = is_full


def is_unavailable(error: BaseException | None) -> bool:
    """Whether it was the database that was away, also where another error was made of that."""
    while error is not None:
        if isinstance(error, UnavailableError):
            return True
        error = error.__cause__
    return False
