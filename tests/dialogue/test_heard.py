"""One message in its conversation."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.heard import Context, Heard, hear, spoken
from bot.dialogue.told import Told
from bot.formats import Language
from bot.policy import Everything, load_all
from tests.dialogue.saying import found

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("America/Toronto"))
TRIP = Told(origin="YYZ", destination="BOS", travel_day="2026-11-27", travel_time="14:00")


@pytest.fixture(scope="module")
def known() -> Everything:
    return load_all()


def heard(known: Everything, text: str, told: Told = TRIP, language: Language = "en", **context: Any) -> Heard:
    now = context.pop("now", NOW)
    wall_clock = now.astimezone(ZoneInfo("America/Toronto")).replace(tzinfo=None)
    return hear(text, found(text, language, wall_clock), Context(now, language, told, **context), known)


def test_a_correction_changes_what_was_told_and_mentions_only_that(known: Everything) -> None:
    after = heard(known, "no, I meant Ottawa", lately=("origin",))
    assert (after.told.origin, after.told.destination, after.told.travel_time) == ("YOW", "BOS", "14:00")
    assert after.mentioned == Told(origin="YOW")
    assert after.corrects


def test_the_next_day_is_that_of_the_flight(known: Everything) -> None:
    assert heard(known, "and the next day?", day=date(2026, 11, 27)).mentioned.travel_day == "2026-11-28"


def test_tomorrow_is_that_of_the_airport_also_where_it_is_told_in_the_same_breath(known: Everything) -> None:
    late = datetime(2026, 11, 20, 22, 30, tzinfo=ZoneInfo("America/Vancouver"))
    after = heard(known, "tomorrow at 6 am from Vancouver to Seattle", Told(), now=late)
    assert (after.told.travel_day, after.told.travel_time) == ("2026-11-21", "06:00")
    after = heard(known, "tomorrow at 6 am", Told(origin="YVR", destination="SEA"), now=late)
    assert after.told.travel_day == "2026-11-21"


def test_a_short_answer_counts_where_it_was_asked_for(known: Everything) -> None:
    assert heard(known, "the Canadian one, yes", awaiting="progress").told.claimed_cbsa == "completed"
    assert heard(known, "the Canadian one, yes").told.claimed_cbsa is None


def test_the_last_place_named_is_kept(known: Everything) -> None:
    place = heard(known, "from Calgary to Denver").place
    assert place is not None and place["value"] == "Denver"
    assert heard(known, "thanks").place is None


def test_a_pressed_button_says_what_it_was_made_to_say_and_its_words_nothing() -> None:
    assert spoken({"text": "No, or I do not know"}) == ""
    assert spoken({"text": "No", "language_certainty": 0.0}) == "No"
    assert (
        spoken({"text": "forget it, how much?", "heard": [11, 20], "language_certainty": 1.0}) == " " * 11 + "how much?"
    )


def test_a_place_without_a_centre_is_no_centre(known: Everything) -> None:
    assert heard(known, "Hamilton", awaiting="cbsa_centre").told == TRIP
    assert heard(known, "Ottawa", awaiting="cbsa_centre").told.claimed_cbsa_centre == "YOW"
    done = heard(known, "I did my CBSA interview in Detroit")
    assert (done.told.claimed_cbsa, done.told.claimed_cbsa_centre) == ("completed", None)


def test_a_centre_that_is_none_any_more_is_asked_for_again(known: Everything) -> None:
    kept = Told(origin="YYZ", claimed_cbsa="completed", claimed_cbsa_centre="YQB")
    assert heard(known, "to Boston on Friday", kept).told.claimed_cbsa_centre is None
