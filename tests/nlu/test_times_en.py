"""Times as travellers write them in English. Now is Saturday, November 21, 2026, noon.

A mark says what is meant: a day, a day with its hour, an hour without a day, or `week`, `month` for a longer stretch.
"""

import pytest

from tests.nlu.marked import Mark, marked
from tests.nlu.times_found import found

TABLE = """
hi im flying [tomorrow at 6am](2026-11-22 06:00) from vancouver can I do the us part
[tmrw 6am](2026-11-22 06:00) flight
[tomorow morning](2026-11-22) to denver
leaving [this friday](2026-11-27) with my wife
flight is [a week from tuesday](2026-12-01)
we leave [a week from Friday at 2 pm](2026-12-04 14:00)
[Dec 3rd 2:15 pm](2026-12-03 14:15) YVR to SEA
[dec 3 at 2:15pm](2026-12-03 14:15)
[December 3rd](2026-12-03) AC 8043
[3 dec 6:40am](2026-12-03 06:40) yul
i fly [december 3 2026](2026-12-03) out of pearson
[Thurs dec 3 at 0640](2026-12-03 06:40)
[on the 3rd of december around 7](2026-12-03 07:00)
[thursday @ 7](2026-11-26 07:00) yyz-bos
[Thu 7:05am](2026-11-26 07:05)
[monday at noon](2026-11-23 12:00) or so
[midnight on tuesday](2026-11-24 00:00)
my flights [at 6:40 in the morning](06:40), too early?
at the airport [at 14:30](14:30)
boarding [5:45 am](05:45) gate 52
leaves [8 pm](20:00)
[tonight at 9](2026-11-21 21:00) from yow
[tonight](2026-11-21) to LAX
flying [in 3 days](2026-11-24)
trip is [in two weeks](2026-12-05)
my flight leaves [in 2 hours](2026-11-21 14:00) help
flight [in 45 min](2026-11-21 12:45), is there time
[day after tomorrow 6 am](2026-11-23 06:00) if that matters
[the day after tomorrow at 6 am](2026-11-23 06:00)
[next Friday](2026-11-27) i go to vegas
[next tuesday at 5:30 pm](2026-11-24 17:30)
[friday the 4th](2026-12-04) at YYC
[tuesday december 8 at 9:10 am](2026-12-08 09:10)
[between 2 pm and 4 pm tomorrow](2026-11-22) i think
sometime [tomorrow between 6 and 8 am](2026-11-22)
[friday between 2 and 4 pm](2026-11-27)
[Friday, around 3pm](2026-11-27 15:00), to Boston
[sunday night](2026-11-22) flight home
early [monday morning](2026-11-23)
[boxing day](2026-12-26) to Phoenix
[xmas eve](2026-12-24) flight
[christmas day at 7 am](2026-12-25 07:00)
[new years eve](2026-12-31)
I did the canadian one [yesterday](2026-11-20)
CBSA was [on nov 5](2026-11-05) in ottawa
had it [last monday](2026-11-16)
did that [3 weeks ago](2026-10-31)
sometime [next week](week) to seattle
[next month](month) we go to florida
[in january](month) to maui
not before friday please
can it be [2026-12-03 06:40](2026-12-03 06:40)?
[12/03/2026 2pm](2026-12-03 14:00) flight
[Dec. 3, 2026](2026-12-03)
[wed the 2nd at 4:15 p.m.](2026-12-02 16:15)
[sat](2026-11-28) or [sun](2026-11-22)?
AC 8043 [fri 2pm](2026-11-27 14:00)
[half past six tomorrow](2026-11-22 06:30)
i may fly second class
my second interview is what I ask
in the second half of the process
can may be used
mar a lago
it took 3 hours
i waited 45 minutes in line
card valid 5 years
how early, 2 hours before?
my kids are 7 and 9
room 12, gate 7
is the fee 120 now
one of us did it
the one in YVR
for 15 minutes
sec, let me check
the fall of my application
the sun in Phoenix
I sat at the gate and waited
it was one hell of a wait
i need one more day off
thanks, have a good day
good morning
good evening, quick question
good afternoon there
between 2 and 4 people
open from 9 to 4
can it be done in 2 hours
I need 2 hours
have a nice weekend
24/7
every day
"""


@pytest.mark.parametrize(("text", "expected"), marked(TABLE))
def test_english(text: str, expected: list[Mark]) -> None:
    assert found(text, "en") == expected
