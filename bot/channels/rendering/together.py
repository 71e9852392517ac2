"""Pages of a channel where what was said together is one text, as in SMS: each page is one part."""

from bot.channels.rendering.cutting import broken, head
from bot.channels.rendering.speech import Speech
from bot.conversations.outbox.port import Page, Part


def together(speech: Speech) -> list[Page]:
    """The pages; choices stand on the first, if need be after only the beginning of the text, so that they are seen."""
    *before, last = speech.sayings
    choices = _joined(*(saying.choices for saying in speech.sayings), speech.invitation())
    # The question that the choices answer stays with them.
    question = last.text if before and last.choices else ""
    text = _joined(*(saying.text for saying in (before if question else speech.sayings)))
    ending = _joined(question, choices)
    if not _leaves_room(text, ending, speech):
        text, ending = _joined(text, ending), ""
    texts: list[str] = []
    waiting = speech.waiting
    while text or ending or waiting or not texts:
        page, text, waiting = _page(text, ending, waiting, speech)
        texts.append(page)
        ending = ""
    return [Page((_part(text, speech, first=number == 0),)) for number, text in enumerate(texts)]


def _leaves_room(text: str, ending: str, speech: Speech) -> bool:
    """Whether what comes first, the verdict, stands on the same page."""
    verdict = text.split("\n", maxsplit=1)[0]
    return speech.fits(_joined(verdict, ending, speech.more(only_sources=False)))


def _page(text: str, ending: str, waiting: str, speech: Speech) -> tuple[str, str, str]:
    """One page, and what is left of the text and of what waits; what waits begins on a page of its own."""
    if not text and not ending:
        text, waiting = waiting, ""
    more = speech.more(only_sources=waiting == speech.cited and bool(waiting))
    whole = _joined(text, ending, more if waiting else "")
    if speech.fits(whole):
        return whole, "", waiting
    more = speech.more(only_sources=False)

    def fits(beginning: str) -> bool:
        return speech.fits(_joined(beginning, ending, more))

    beginning, left = head(text, fits)
    if not beginning:
        beginning, left = broken(text, fits)
    return _joined(beginning, ending, more), left, waiting


def _joined(*blocks: str) -> str:
    return "\n".join(filter(None, blocks))


def _part(text: str, speech: Speech, *, first: bool) -> Part:
    linked = next((each for each in speech.sayings if each.link is not None and each.link in text), None)
    offered = tuple(button for saying in speech.sayings for button in saying.numbered)
    staff = all(saying.sender == "staff" for saying in speech.sayings)
    return Part(
        text,
        tuple(button for saying in speech.sayings for button in saying.buttons) if first else (),
        "staff" if staff else "bot",
        linked.link if linked else None,
        linked.link_title if linked else None,
        offered if first else (),
    )
