"""What holds for every ruling, whatever the case."""

from datetime import UTC, datetime
from typing import get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.guidance.case import Case
from bot.guidance.engine import rule
from bot.guidance.in_force import UnknownCentreError
from bot.guidance.ruling import Code, Ruling, Verdict
from tests.guidance.inventing import cases
from tests.guidance.making import application, interview, read, ready

LANGUAGES = ("en", "fr")
many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def parts(ruling):
    return (ruling.cbp_on_next_flight, *ruling.options)


def everything_said(ruling):
    for part in parts(ruling):
        yield from (*part.reasons, *part.next_steps, *part.notices)
    yield from (ruling.next_step, *ruling.renewal.reasons, *ruling.renewal.notices)


@many
@given(value=cases())
def test_every_case_gets_a_verdict_a_reason_and_a_source(ruled, value):
    for language in LANGUAGES:
        ruling = ruled(value, language)
        assert ruling.cbp_on_next_flight.verdict in get_args(Verdict)
        assert ruling.cbp_on_next_flight.code in get_args(Code)
        assert len(ruling.options) == 4
        for part in (*parts(ruling), ruling.renewal):
            assert part.text
            assert part.reasons
        assert all(each.text and each.sources for each in everything_said(ruling))


@many
@given(value=cases())
def test_every_cited_source_is_listed_once(ruled, value):
    ruling = ruled(value)
    listed = [source.id for source in ruling.sources]

    assert len(listed) == len(set(listed))
    assert set(listed) == {source for each in everything_said(ruling) for source in each.sources}


@many
@given(value=cases(), hours=st.integers(-12, 14))
def test_shifting_every_instant_to_another_offset_changes_nothing(ruled, value, hours):
    for language in LANGUAGES:
        assert ruled(value, language) == ruled(shifted(value, hours), language)


@many
@given(value=cases(), ready_first=st.booleans())
def test_sharing_never_turns_yes_into_anything_else(ruled, value, ready_first):
    if ready_first:
        value = {**ready(), "now": value["now"]}
    before = ruled(value).cbp_on_next_flight
    if value.get("application"):
        value = {**value, "application": {**value["application"], "shared_with_cbp_at": value["now"]}}
    after = ruled(value).cbp_on_next_flight

    assert before.verdict != "yes" or after.verdict == "yes"
    assert after.code == before.code or (before.code, after.code) == ("not_shared_yet", "shared_and_precleared")


@many
@given(value=cases())
def test_both_languages_say_the_same(ruled, value):
    english, french = (ruled(value, language) for language in LANGUAGES)

    assert without_words(english) == without_words(french)


@many
@given(value=cases())
def test_the_same_case_always_gets_the_same_ruling(ruled, value):
    assert ruled(value) == ruled(value)


@many
@given(value=cases())
def test_yes_is_said_where_every_rule_holds_and_always_with_a_next_step(ruled, value):
    flight = ruled(value).cbp_on_next_flight

    assert (flight.verdict == "yes") == (flight.code == "shared_and_precleared")
    assert flight.next_steps
    assert all(reason.holds for reason in flight.reasons) or flight.verdict != "yes"


def test_as_of_is_the_day_in_toronto(ruled):
    assert str(ruled(ready(now="2026-11-21T04:59:59Z")).as_of) == "2026-11-20"
    assert str(ruled(ready(now="2026-11-21T05:00:00Z")).as_of) == "2026-11-21"


def test_a_ruling_survives_the_way_through_json(ruled):
    ruling = ruled(ready(residence={"latitude": 49, "longitude": -123}))

    assert msgspec.json.decode(msgspec.json.encode(ruling), type=Ruling) == ruling


def test_engines_of_different_policies_are_kept_apart(policy, wording):
    other = msgspec.structs.replace(policy, airports={})
    case = read(ready(), policy)

    assert rule(case, policy, wording, "en").cbp_on_next_flight.code == "shared_and_precleared"
    assert rule(case, other, wording, "en").cbp_on_next_flight.code == "no_preclearance_airport"
    assert rule(case, policy, wording, "en").cbp_on_next_flight.code == "shared_and_precleared"


def test_a_case_not_read_by_us_with_an_unknown_centre_is_refused(policy, wording):
    case = msgspec.convert(ready(application=application(interview(centre="nowhere"))), Case)

    with pytest.raises(UnknownCentreError, match="nowhere"):
        rule(case, policy, wording, "en")


def test_only_now_is_required(ruled):
    assert ruled({"now": "2026-11-21T09:00:00-05:00"}).cbp_on_next_flight.code == "no_trip_known"


def without_words(ruling):
    """The ruling with every text taken out; the language too, being what differs."""
    return stripped(msgspec.to_builtins(ruling))


def stripped(value):
    if isinstance(value, dict):
        return {key: stripped(each) for key, each in value.items() if key not in {"text", "title", "name", "language"}}
    return [stripped(each) for each in value] if isinstance(value, list | tuple) else value


def shifted(value, hours):
    """The same case with every instant written with another offset."""
    if isinstance(value, dict):
        return {key: shifted(each, hours) for key, each in value.items()}
    if isinstance(value, list):
        return [shifted(each, hours) for each in value]
    if isinstance(value, str) and "T" in value and len(value) > 10:
        from datetime import timedelta, timezone

        moment = datetime.fromisoformat(value).astimezone(UTC)
        return moment.astimezone(timezone(timedelta(hours=hours))).isoformat()
    return value
