"""When staff read messages, in words: "Monday to Friday, 8:00 a.m. to 6:00 p.m."."""

from collections.abc import Iterator
from datetime import datetime

from bot import formats
from bot.conversations.staffed_hours import DAYS, Span, StaffedHours
from bot.formats import Language
from bot.texts import Catalogue


def when_read(staffed: StaffedHours, now: datetime, wording: Catalogue, language: Language) -> str:
    """That staff see a message now; or the hours in which they do, and when somebody will read this one."""
    opening = staffed.next_opening(now)
    if opening is None:
        return wording.say("handoff.open", language)
    return wording.say("handoff.closed", language, hours=hours(staffed, wording, language), at=opening)


def hours(staffed: StaffedHours, wording: Catalogue, language: Language) -> str:
    """The hours as they were set, span by span."""
    return "; ".join(_span(span, wording, language) for span in staffed.spans)


def _span(span: Span, wording: Catalogue, language: Language) -> str:
    days = ", ".join(_days(span.days, wording, language))
    opens, closes = (_clock(minutes, wording, language) for minutes in (span.opens, span.closes))
    return wording.say("staffed.span", language, days=days, opens=opens, closes=closes)


def _days(days: tuple[int, ...], wording: Catalogue, language: Language) -> Iterator[str]:
    """The days with those that follow each other taken together."""
    if len(days) == len(DAYS):
        yield wording.say("staffed.every_day", language)
        return
    start = 0
    for end in range(1, len(days) + 1):
        if end == len(days) or days[end] != (days[end - 1] + 1) % len(DAYS):
            first, last = (formats.weekday(day, language) for day in (days[start], days[end - 1]))
            if first == last:
                yield wording.say("staffed.day", language, day=first)
            else:
                yield wording.say("staffed.days", language, first=first, last=last)
            start = end


def _clock(minutes: int, wording: Catalogue, language: Language) -> str:
    hour, minute = divmod(minutes % (24 * 60), 60)
    if hour == minute == 0:
        return wording.say("staffed.midnight", language)
    return formats.clock_time(datetime(2000, 1, 1, hour, minute), language)  # noqa: DTZ001 - a clock, no instant
