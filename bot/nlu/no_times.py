"""What Duckling takes for a time and travellers seldom mean so, judged by the words around it. All texts are plain."""

import re

# "été" the participle, "sec", "second", "an".
_NEVER = frozenset(
    {"ete", "second", "sec", "mar", "mars", "may", "now", "maintenant", "fall", "an", "ans", "la veille", "premier"}
    | {"le premier", "the first", "the second", "the third", "la seconde", "le second"}
)
# "three hours before", "trois heures avant le vol": a span, counted from what is not said here.
_SPAN = re.compile(r".*\b(?:before|avant|earlier|plus tot)")
# « ça prend 3 heures », « 2 heures de retard », "done in 2 hours": how long something lasts.
_HOURS = re.compile(r"(?:in |en |dans )?\w+ ?(?:h(?: ?\d\d)?|heures?|hours?|hrs?|min|mins|minutes?)")
_LASTS = re.compile(
    r"\b(?:pris|prend\w*|dur\w+|attend\w*|attente|pendant|depuis|en|besoin (?:de|d')|il y a|took|takes?|done|"
    r"do (?:it|this|that)|finished|over|faire|faite?|fait) (?:environ |about |a peu pres )?$"
)
_LASTED = re.compile(r" (?:de (?:retard|route|vol|conduite|voiture|marche)|d'|avant|before|late|early)\b")
# "have a nice weekend", « bonne fin de semaine ».
_WISHED = re.compile(r"\b(?:bonne?|nice|great|good|happy|lovely) $")
_NO_WEEKDAY = {
    "sat": re.compile(r"\b(?:i|we|he|she|they|you|just|have|had) $"),
    "sun": re.compile(r"\b(?:the|in) $"),
    "mer": re.compile(r"\b(?:la|ma|par|de|en|a) $"),
}
_COUNTED = re.compile(r"\D{0,4}\d{1,2} (?:et|and) \d{1,2}|ce \d+")
_BEFORE = 24


def is_no_time(plain_text: str, start: int, end: int) -> bool:
    """Whether the words from `start` to `end`, which Duckling takes for a time, are none."""
    words = plain_text[start:end].strip()
    before, after = plain_text[max(0, start - _BEFORE) : start], plain_text[end : end + _BEFORE]
    # "the Canadian one last week" is no one o'clock.
    if words in _NEVER or words.startswith("one ") or _SPAN.fullmatch(words) or _COUNTED.fullmatch(words):
        return True
    if words == "mon" and after.lstrip()[:1].isalpha():  # « mon vol » in a message taken for English
        return True
    if words in _NO_WEEKDAY and _NO_WEEKDAY[words].search(before):
        return True
    if _WISHED.search(before):
        return True
    return _HOURS.fullmatch(words) is not None and bool(_LASTS.search(before) or _LASTED.match(after))
