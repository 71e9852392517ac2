"""Who does something at a desk."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Somebody on the staff side: `id` is `staff:…`, `chatwoot:…` or `command-line`, `name` is shown to people."""

    id: str
    name: str


COMMAND_LINE = Actor("command-line", "command line")
