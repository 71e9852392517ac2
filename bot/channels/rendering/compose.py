"""From messages to pages."""

from collections.abc import Sequence

from bot.channels.rendering.apart import apart
from bot.channels.rendering.form import Form
from bot.channels.rendering.speech import Speech
from bot.channels.rendering.together import together
from bot.conversations.outbox.port import Page
from bot.conversations.transcript import ShownMessage
from bot.formats import Language
from bot.texts import Catalogue


def compose(messages: Sequence[ShownMessage], language: Language, form: Form, catalogue: Catalogue) -> list[Page]:
    """The pages of messages that were said together; the same for the same messages. At least one page.

    What was said last says in which language the choices and MORE are offered; `language` does where it has none.
    """
    speech = Speech.of(messages, messages[-1].language or language, form, catalogue)
    return together(speech) if form.together else apart(speech)
