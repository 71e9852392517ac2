from collections.abc import Callable
from datetime import date

import pytest

from bot.policy.reading import Reading
from bot.policy.spans import Dated, check_series

Spoil = Callable[..., tuple[str, ...]]
JUNE, JULY, AUGUST = date(2023, 6, 1), date(2023, 7, 1), date(2023, 8, 1)


def found(tmp_path, *series: tuple[date | None, date | None]) -> str:  # type: ignore[no-untyped-def]
    reading = Reading(tmp_path, sources=frozenset({"a"}))
    check_series(reading, "x.yml", "e", [Dated(start=start, end=end, sources=("a",)) for start, end in series])
    try:
        reading.faults.stop_if_any()
    except ValueError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "series",
    [
        [],
        [(None, None)],
        [(None, JUNE), (JUNE, None)],
        [(JUNE, None), (None, JUNE)],
        [(JUNE, JULY), (AUGUST, None)],
    ],
)
def test_spans_that_follow_each_other_are_sound(tmp_path, series) -> None:  # type: ignore[no-untyped-def]
    assert found(tmp_path, *series) == ""


@pytest.mark.parametrize(
    "series",
    [
        [(None, None), (JUNE, None)],
        [(JUNE, None), (None, None)],
        [(JUNE, AUGUST), (JULY, None)],
        [(JUNE, None), (JUNE, None)],
        [(None, JULY), (None, JUNE)],
    ],
)
def test_spans_that_share_a_day_overlap(tmp_path, series) -> None:  # type: ignore[no-untyped-def]
    assert "x.yml: e: dates overlap: " in found(tmp_path, *series)


@pytest.mark.parametrize("end", [JUNE, date(2023, 5, 31)])
def test_an_end_that_is_not_after_its_start_is_refused(tmp_path, end: date) -> None:  # type: ignore[no-untyped-def]
    assert found(tmp_path, (JUNE, end)) == f"x.yml: e: ends on {end}, not after its start 2023-06-01"


def test_overlapping_fees_are_refused(faults_after: Spoil) -> None:
    faults = faults_after("parameters.yml", "to: 2024-10-01", "to: 2024-10-02")
    assert faults == (
        "parameters.yml: fee_usd: dates overlap: always to 2024-10-02 and 2024-10-01 to now; "
        "end one where the other starts",
    )


def test_overlapping_phases_of_a_centre_are_refused(faults_after: Spoil) -> None:
    faults = faults_after("centres.yml", "to: 2023-03-22", "to: 2023-04-22")
    assert faults[0].startswith("centres.yml: 5223: dates overlap: ")


def test_a_statement_that_ends_before_it_begins_is_refused(faults_after: Spoil) -> None:
    faults = faults_after("statements/booking.yml", "to: 2023-04-24", "to: 2023-03-01")
    assert faults == ("booking.yml: booking.airport_reopening: ends on 2023-03-01, not after its start 2023-03-20",)


def test_an_unknown_source_is_named(faults_after: Spoil) -> None:
    faults = faults_after(
        "rules.yml",
        "trip_ahead: {from: 2023-01-25, sources: [cbsa-cbp",
        "trip_ahead: {from: 2023-01-25, sources: [hearsay",
    )
    assert faults == ("rules.yml: trip_ahead: cites the source `hearsay-2023-01-25`, which sources.yml does not have",)
