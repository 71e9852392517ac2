"""A number as the answer to numbered choices: "2", "2.", "#2", "no. 2", "two", « deux »."""

import re
import unicodedata

_LONGEST = 20
_WORDS = {
    word: number
    for number, words in enumerate(
        (
            ("one", "un", "une"),
            ("two", "deux"),
            ("three", "trois"),
            ("four", "quatre"),
            ("five", "cinq"),
            ("six",),
            ("seven", "sept"),
            ("eight", "huit"),
            ("nine", "neuf"),
        ),
        1,
    )
    for word in words
}
_NUMBER = re.compile(
    r"(?:no\.?\s*(?=[#(]?\s*\d)|(?:number|numero|nr\.?|option|choice|choix|reponse|le|la|the)\s*)?[#(]?\s*"
    r"(?P<number>\d{1,2}|[a-z]+)\s*[.):!]*",
    re.ASCII,
)


def number(text: str) -> int | None:
    """The number that a message is, None where it is anything else."""
    if len(text) > _LONGEST:
        return None
    # Compatibility forms too: "２", and the 2 of a keycap emoji, whose frame is a combining mark.
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(each for each in folded if not unicodedata.category(each).startswith("M")).strip()
    found = _NUMBER.fullmatch(bare)
    if found is None:
        return None
    said = found["number"]
    return int(said) if said.isdigit() else _WORDS.get(said)
