from collections.abc import Callable

import pytest

from bot.policy import Everything

Spoil = Callable[..., tuple[str, ...]]


def test_the_page_that_contradicts_the_order_is_an_undated_notice(everything: Everything) -> None:
    [notice] = [notice for notice in everything.policy.notices if notice.code == "cbp_page_says_order_free"]
    assert notice.since is None
    assert notice.sources == ("cbp-enrollment-on-arrival",)
    assert {"cbsa_completed", "shared_with_cbp", "airport_two_step"} <= notice.touches


@pytest.mark.parametrize(
    ("code", "touched"),
    [
        ("calgary_timed_entry", "airport:YYC"),
        ("halifax_early_closing", "airport:YHZ"),
        ("ytz_no_source", "airport:YTZ"),
        ("victoria_listed_by_mistake", "airport:YYJ"),
        ("benefits_24_months_on_cbp_page", "renewal"),
        ("airport_booking_not_in_public_scheduler", "book_cbsa_interview"),
        ("completion_limit_conflict", "conditionally_approved"),
        ("nexus_lanes_suspended_2026", "go_to_preclearance_early"),
        ("global_news_same_day_ticket", "airport:YVR"),
    ],
)
def test_a_notice_is_shown_beside_what_it_is_about(everything: Everything, code: str, touched: str) -> None:
    [notice] = [notice for notice in everything.policy.notices if notice.code == code]
    assert touched in notice.touches


@pytest.mark.parametrize("touched", ["airport:QQQ", "step.choose_option", "weather"])
def test_a_notice_that_touches_nothing_known_is_refused(faults_after: Spoil, touched: str) -> None:
    faults = faults_after("notices.yml", 'touches: ["airport:YYC"]', f'touches: ["{touched}"]')
    assert faults == (
        f"notices.yml: calgary_timed_entry: touches `{touched}`, which is no rule, option, step or airport",
    )
