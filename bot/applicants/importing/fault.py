"""What is wrong with a file, said so that a clerk finds the place and knows what to write."""

from dataclasses import dataclass

SHOWN = 60


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong at one place. `line` counts from 1 as editors do."""

    line: int
    field: str
    problem: str

    def __str__(self) -> str:
        place = f"line {self.line}, {self.field}" if self.field else f"line {self.line}"
        return f"{place}: {self.problem}"


class ImportFileError(Exception):
    """The file cannot be read at all; the message is one sentence."""


def quoted(value: object) -> str:
    """A value as it is shown in a fault: in quotes if it is text, shortened, on one line."""
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\n", "⏎").replace("\r", "")
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
