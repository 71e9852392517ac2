"""Numbers that identify a person, as entities: heard so that the guide can react, never read.

What they are is decided where messages are masked (`bot.privacy.masking`), and by nothing else. The value of such an
entity is its mask. A message that comes from the record is masked already: a row of masks is a number somebody showed.
"""

import re
from datetime import datetime

from bot.nlu.found import Found
from bot.privacy.masking import MASK, Kind, mask

ENTITIES: dict[Kind, str] = {
    "document": "document_number",
    "card": "card_number",
    "phone": "phone_number",
    "email": "email_address",
    "birth_date": "birth_date",
}
_MASKED = re.compile(rf"{MASK}{{5,}}")


def find_private(text: str, now: datetime) -> list[Found]:
    """The private values of `text` in order; `now` tells birth dates from dates of travel."""
    found = [
        Found(ENTITIES[span.kind], MASK * (span.end - span.start), span.start, span.end)
        for span in mask(text, now).spans
    ]
    shown = [Found(ENTITIES["document"], m.group(), m.start(), m.end()) for m in _MASKED.finditer(text)]
    found += [each for each in shown if not any(each.overlaps(other) for other in found)]
    return sorted(found, key=lambda entity: entity.start)
