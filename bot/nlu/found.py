"""What an entity rule finds in a message."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Found:
    """One entity: what it is, its value, the characters it stands in, and the part it plays in the sentence.

    `extra` travels with it to the dialogue (the grain of a time, the airports of a city).
    """

    entity: str
    value: str
    start: int
    end: int
    role: str | None = None
    extra: dict[str, Any] | None = None

    def overlaps(self, other: "Found") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def as_rasa(self, extractor: str) -> dict[str, Any]:
        """The form in which Rasa carries entities."""
        entity: dict[str, Any] = {
            "entity": self.entity,
            "value": self.value,
            "start": self.start,
            "end": self.end,
            "extractor": extractor,
        }
        if self.role:
            entity["role"] = self.role
        if self.extra:
            entity["extra"] = self.extra
        return entity
