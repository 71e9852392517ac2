"""What is said when the database cannot be used."""


class DatabaseError(Exception):
    """The database cannot be opened or brought up to date; the message is one sentence: what, and what to do."""
