"""From messages to pages."""

from collections.abc import Sequence

from bot.channels.rendering.form import Form
from bot.conversations.outbox.port import Page, Part
from bot.conversations.transcript import ShownMessage
from bot.formats import Language
from bot.texts import Catalogue


def compose(messages: Sequence[ShownMessage], language: Language, form: Form, catalogue: Catalogue) -> list[Page]:
    """The pages of messages that were said together; the same for the same messages. At least one page."""
    return [Page(tuple(Part(message.text, tuple(message.buttons), message.sender) for message in messages))]  # type: ignore[arg-type]
