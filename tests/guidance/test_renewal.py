"""Renewal: in time or not, and until when benefits run on."""

from datetime import date

import pytest

from bot.guidance.renewal import years_after
from tests.guidance.making import application, ready


def renewing(submitted_on, expires_on, **changes):
    dates = {"submitted_on": submitted_on, "membership_expires_on": expires_on}
    return ready(application=application(**({"kind": "renewal"} | dates | changes)))


@pytest.mark.parametrize(
    ("submitted_on", "expires_on", "until"),
    [
        ("2026-03-02", "2026-12-31", date(2031, 12, 31)),
        ("2026-12-31", "2026-12-31", date(2031, 12, 31)),
        ("2027-01-01", "2026-12-31", None),
        ("2024-01-02", "2024-02-29", date(2029, 2, 28)),
        ("2023-01-02", "2023-02-28", date(2028, 2, 28)),
        (None, "2026-12-31", None),
        ("2026-03-02", None, None),
    ],
)
def test_benefits_run_on_for_who_renews_before_expiry(ruled, submitted_on, expires_on, until):
    renewal = ruled(renewing(submitted_on, expires_on)).renewal

    assert renewal.applies is (until is not None)
    assert renewal.benefits_extended_until == until


@pytest.mark.parametrize("kind", ["new", None])
def test_only_a_renewal_renews(ruled, kind):
    renewal = ruled(renewing("2026-03-02", "2026-12-31", kind=kind)).renewal

    assert (renewal.applies, renewal.benefits_extended_until) == (False, None)
    assert renewal.reasons[-1].rule == "renewed_before_expiry"


def test_an_anonymous_traveller_renews_nothing_that_is_known(ruled):
    renewal = ruled(ready(application=None)).renewal

    assert not renewal.applies
    assert [reason.rule for reason in renewal.reasons] == ["application_known"]


def test_the_last_day_is_said_in_words(ruled):
    value = renewing("2026-03-02", "2026-12-31")

    assert "December 31, 2031" in ruled(value, "en").renewal.text
    assert "31 décembre 2031" in ruled(value, "fr").renewal.text


def test_years_after_a_leap_day():
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert years_after(date(2024, 2, 29), 5) == date(2029, 2, 28)
