"""Answers of a few words to the guide's own questions: yes, no, both, "no idea", "the Canadian one, yes"."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from bot.dialogue.phrases import blanked, only_small_words, phrases
from bot.formats import Language
from bot.nlu.clock_words import clock_reading, says_only_a_clock
from bot.nlu.plain import plain

Entity = Mapping[str, Any]
Answer = Literal["affirm", "deny"]
_ENDS = re.compile(r"^\W+|\W+$")
# "Did the Canadian one already", said without "I" and asking nothing.
_DID = re.compile(r"did (?:the|my|mine|that|it)\b")
# "Yes, last week", "yes it was done on Tuesday": a yes with what belongs to it.
_MOST_WORDS = 8
_LONGEST = 120


def yes_or_no(text: str, entities: Sequence[Entity] = ()) -> Answer | None:
    """What a message that is a yes or a no says, with a fact beside it or without; None for any other message."""
    plain_text = _ENDS.sub("", plain(text))
    if "?" in text or len(plain_text.split()) > _MOST_WORDS:
        return None
    said = phrases()
    if said.says_yes.fullmatch(plain_text):
        return "affirm"
    if said.says_no.fullmatch(plain_text):
        return "deny"
    begins = re.match(rf"(?:{said.says_yes.pattern})\b", plain_text)
    left = blanked(plain(text), entities)
    if begins and (_is_of_an_answer(left) or only_small_words(left)):
        return "affirm"
    ends = re.search(rf"\b(?:{said.says_yes.pattern})$", plain_text)
    return "affirm" if ends and _is_of_an_answer(left) else None


def says_unknown(text: str) -> bool:
    """Whether the traveller does not know what was asked."""
    return len(text) <= _LONGEST and phrases().unknown.search(plain(text)) is not None


def says_both(text: str) -> bool:
    """Whether the answer is: both of what was offered, or it does not matter which."""
    return phrases().both.search(plain(text)) is not None


def progress(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """What an answer to "how far is your application?" tells beside its entities, in the form of entities.

    "the Canadian one, yes" says that the CBSA interview is done, as does "shared with CBP"; "booked" that it is booked.
    """
    told = {entity["entity"]: entity.get("value") for entity in entities}
    if not told.keys().isdisjoint(("cbsa_interview", "application_status")):
        return []
    if told.get("shared") == "yes":  # what was shared is its result
        return [_claim("cbsa_interview", "completed")]
    plain_text = plain(text)
    said = phrases()
    asks = "?" in text or (said.asks.match(plain_text) is not None and _DID.match(plain_text) is None)
    if asks or not _is_of_an_answer(blanked(plain_text, entities)) or yes_or_no(text, entities) == "deny":
        return []
    if said.booked.search(plain_text):
        return [_claim("cbsa_interview", "scheduled")]
    if said.done.search(plain_text) or said.canadian.search(plain_text):
        return [_claim("cbsa_interview", "completed")]
    return []


def says_did_it(text: str, entities: Sequence[Entity]) -> bool:
    """Whether a message says in phone style that a part is done: "did the Canadian one already"."""
    return _DID.match(plain(text)) is not None and bool(progress(text, entities))


def bare_clock(text: str, language: Language, now: datetime) -> list[Entity]:
    """The time of day that a message is and nothing else: « 14 h », "at 9", which in a sentence may be a count."""
    plain_text = plain(text)
    words = plain_text.strip(" .!")
    hour = clock_reading(words, language) if says_only_a_clock(words) else None
    if hour is None:
        return []
    value = datetime.combine(now.date(), hour).isoformat(timespec="minutes")
    start = plain_text.index(words)
    return [{"entity": "time", "value": value, "start": start, "end": start + len(words), "extra": {"grain": "clock"}}]


def _is_of_an_answer(plain_text: str) -> bool:
    """Whether nothing is left of a text without the words of such answers."""
    said = phrases()
    for pattern in (said.canadian, said.done, said.booked, said.both, said.answering):
        plain_text = pattern.sub(" ", plain_text)
    yes_and_no = rf"\b(?:{said.says_yes.pattern}|{said.says_no.pattern})\b"
    plain_text = re.sub(yes_and_no, " ", plain_text)
    return only_small_words(plain_text)


def _claim(entity: str, value: str) -> Entity:
    return {"entity": entity, "value": value, "start": 0, "end": 0}
