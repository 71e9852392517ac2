"""Pages of a channel where what was said together is one text, as in SMS: each page is one part."""

from bot.channels.rendering.cutting import broken, head
from bot.channels.rendering.speech import Speech
from bot.conversations.outbox.port import Page, Part


def together(speech: Speech) -> list[Page]:
    """The pages.

    Choices stand on the first, with the question they answer if one was asked. They stand on the second where they
    would push the next step of a ruling off the first, and in their place in the text where there are very many.
    """
    *before, last = speech.sayings
    question = last.text if before and last.choices else ""
    choices = _joined(*(saying.choices for saying in speech.sayings), speech.invitation())
    text = _joined(*(saying.text for saying in (before if question else speech.sayings)))
    ending = _joined(question, choices)
    if ending and not _leaves_room(text, ending, speech):
        text, ending = _joined(text, ending), ""
    texts: list[str] = []
    if ending and not question and _pushes_out(text, ending, speech):
        texts.append(_joined(text, speech.more(only_sources=False)))
        text = ""
    rest = speech.waiting
    while text or ending or rest or not texts:
        page, text, rest = _page(text, ending, rest, speech)
        texts.append(page)
        ending = ""
    chosen_on = next((number for number, each in enumerate(texts) if choices and choices in each), 0)
    return [
        Page((_part(each, speech, first=number == 0, offers=number == chosen_on),)) for number, each in enumerate(texts)
    ]


def _leaves_room(text: str, ending: str, speech: Speech) -> bool:
    """Whether what comes first, the verdict, stands on the same page."""
    verdict = text.split("\n", maxsplit=1)[0]
    return speech.fits(_joined(verdict, ending, speech.more(only_sources=False)))


def _pushes_out(text: str, ending: str, speech: Speech) -> bool:
    """Whether the text would have a page for itself, and not with its ending."""
    more = speech.more(only_sources=False)
    return speech.fits(_joined(text, more)) and not speech.fits(_joined(text, ending, more if speech.waiting else ""))


def _page(text: str, ending: str, rest: str, speech: Speech) -> tuple[str, str, str]:
    """One page, and what is left of the text and of the rest, which begins on a page of its own."""
    if not text:
        text, rest = rest, ""
    more = speech.more(only_sources=rest == speech.cited) if rest else ""
    whole = _joined(text, ending, more)
    if speech.fits(whole):
        return whole, "", rest
    more = speech.more(only_sources=False)

    def fits(beginning: str) -> bool:
        return speech.fits(_joined(beginning, ending, more))

    beginning, left = head(text, fits)
    if not beginning:
        beginning, left = broken(text, fits)
    return _joined(beginning, ending, more), "", "\n\n".join(filter(None, (left, rest)))


def _joined(*blocks: str) -> str:
    return "\n".join(filter(None, blocks))


def _part(text: str, speech: Speech, *, first: bool, offers: bool) -> Part:
    linked = next((each for each in speech.sayings if each.link is not None and each.link in text), None)
    return Part(
        text,
        tuple(button for saying in speech.sayings for button in saying.buttons) if first else (),
        "staff" if all(saying.sender == "staff" for saying in speech.sayings) else "bot",
        linked.link if linked else None,
        linked.link_title if linked else None,
        tuple(button for saying in speech.sayings for button in saying.numbered) if offers else (),
    )
