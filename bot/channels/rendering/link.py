"""A page to open, on channels that have a button for it."""

from bot.conversations.outbox.port import Part


def without_link(part: Part) -> str:
    """The text without the line that names the page, which a button shows instead."""
    if part.link is None:
        return part.text
    kept = "\n".join(line for line in part.text.split("\n") if part.link not in line)
    return kept.strip() or part.text
