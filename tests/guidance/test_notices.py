"""Facts that move no verdict are shown beside what they touch, and only there."""

import msgspec

from bot.guidance.engine import rule
from bot.guidance.policy import NoticeFact, Text
from tests.guidance.making import application, leg, read, ready, trip


def codes(part):
    return [notice.code for notice in part.notices]


def test_the_cbp_page_without_date_is_shown_where_the_order_matters(ruled):
    notice = next(each for each in ruled(ready()).cbp_on_next_flight.notices if each.code == "cbp_page_says_order_free")

    assert notice.since is None
    assert notice.sources == ("cbp-enrollment-on-arrival",)


def test_an_airport_s_notice_is_shown_at_that_airport_only(ruled):
    assert "calgary_timed_entry" in codes(ruled(ready()).cbp_on_next_flight)
    assert "calgary_timed_entry" not in codes(ruled(ready(trips=[trip(leg("YVR", "SEA"))])).cbp_on_next_flight)


def test_a_dated_notice_is_shown_from_its_day(policy, wording):
    import datetime as dt

    fact = NoticeFact(
        "n", Text("note", "avis"), ("cbsa-cbp-2023-01-25",), dt.date(2026, 11, 21), frozenset({"renewal"})
    )
    with_notice = msgspec.structs.replace(policy, notices=(fact,))
    before = read(ready(now="2026-11-20T23:59:59-05:00"), policy)
    after = read(ready(now="2026-11-21T00:00:00-05:00"), policy)

    assert rule(before, with_notice, wording, "fr").renewal.notices == ()
    assert rule(after, with_notice, wording, "fr").renewal.notices[0].text == "avis"


def test_notices_never_change_a_verdict(policy, wording):
    silent = msgspec.structs.replace(policy, notices=())
    for value in (ready(), ready(application=None), ready(application=application(), trips=[])):
        case = read(value, policy)
        loud, quiet = (rule(case, each, wording, "en") for each in (policy, silent))
        assert loud.cbp_on_next_flight.code == quiet.cbp_on_next_flight.code
        assert [each.applies for each in loud.options] == [each.applies for each in quiet.options]


def test_the_sources_of_notices_are_among_the_ruling_s_sources(ruled):
    ruling = ruled(ready())
    cited = {source.id for source in ruling.sources}

    for part in (ruling.cbp_on_next_flight, *ruling.options, ruling.renewal):
        assert {source for notice in part.notices for source in notice.sources} <= cited
