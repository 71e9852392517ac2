"""A page to open, on channels that have a button for it."""

from bot.conversations.outbox.port import Part


def beside_button(part: Part) -> str:
    """The text without the line that only names the page, which a button shows instead. Other words are never lost."""
    if part.link is None or part.link_title is None:
        return part.text
    kept = [line for line in part.text.split("\n") if not _only_names(line, part.link_title, part.link)]
    return "\n".join(kept).strip() or part.text


def _only_names(line: str, title: str, link: str) -> bool:
    before, found, after = line.partition(link)
    return bool(found) and not after.strip() and before.strip().rstrip(":").strip() == title
