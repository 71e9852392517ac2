"""Which CBSA interview counts."""

from datetime import date

import msgspec
import pytest

from bot.guidance.case import Interview
from bot.guidance.in_force import InForce
from bot.guidance.interviews import counting_cbsa
from tests.guidance.making import interview

EARLY, LATE = "2026-11-25T10:00:00-07:00", "2026-12-20T10:00:00-07:00"
DONE_AIRPORT = interview(centre="YVR", at=LATE)
DONE_LAND = interview(centre="5520", at=EARLY)
BOOKED_AIRPORT_LATE = interview(state="scheduled", at=LATE)
BOOKED_AIRPORT_EARLY = interview(state="scheduled", at=EARLY)
BOOKED_AIRPORT_UNDATED = interview(state="scheduled", at=None)
BOOKED_LAND = interview(centre="5520", state="scheduled", at=EARLY)
IN_ORDER = [DONE_AIRPORT, DONE_LAND, BOOKED_AIRPORT_EARLY, BOOKED_AIRPORT_LATE, BOOKED_AIRPORT_UNDATED, BOOKED_LAND]


@pytest.mark.parametrize("place", range(len(IN_ORDER)))
@pytest.mark.parametrize("backwards", [False, True])
def test_the_one_that_counts(policy, place, backwards):
    given = IN_ORDER[place:][::-1] if backwards else IN_ORDER[place:]
    interviews = tuple(msgspec.convert(each, Interview) for each in given)

    counting = counting_cbsa(interviews, InForce(policy, date(2026, 11, 21)))

    assert counting.interview == msgspec.convert(IN_ORDER[place], Interview)


def test_missed_and_other_agencies_interviews_do_not_count(policy):
    given = [interview("CBP"), interview("JOINT"), interview(state="no_show"), interview(state="cancelled")]
    interviews = tuple(msgspec.convert(each, Interview) for each in given)

    assert counting_cbsa(interviews, InForce(policy, date(2026, 11, 21))) is None
    assert counting_cbsa(None, InForce(policy, date(2026, 11, 21))) is None
