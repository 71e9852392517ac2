from collections.abc import Callable
from datetime import date

import pytest

from bot.policy import Everything

Spoil = Callable[..., tuple[str, ...]]


def value(everything: Everything, name: str, day: date) -> object:
    found = [value for span, value in everything.policy.parameters[name].values if span.covers(day)]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(("day", "fee"), [(date(2023, 1, 25), 50), (date(2024, 9, 30), 50), (date(2024, 10, 1), 120)])
def test_the_fee_rose_on_the_first_of_october_2024(everything: Everything, day: date, fee: int) -> None:
    assert value(everything, "fee_usd", day) == fee
    [said] = [s for name, s in everything.statements.items() if name.startswith("fees.") and s.in_force(day)][:1]
    assert f"US${fee}" in said.text.en
    assert f"{fee}\u00a0$\u00a0US" in said.text.fr


def test_the_airport_option_opened_with_the_first_airports(everything: Everything) -> None:
    opened = value(everything, "airport_option_opened_on", date(2023, 1, 25))
    assert opened == date(2023, 3, 27)
    firsts = [span.start for c in everything.policy.centres.values() if c.kind == "airport" for span in c.open]
    assert min(day for day in firsts if day) == opened


def test_benefits_run_on_for_five_years(everything: Everything) -> None:
    assert value(everything, "benefits_extension_years", date(2026, 11, 21)) == 5


def test_a_parameter_without_a_value_is_refused(faults_after: Spoil) -> None:
    faults = faults_after("parameters.yml", "  membership_years:\n", "  weight: []\n  membership_years:\n")
    assert faults == ("parameters.yml: weight: has no value; give at least one",)


def test_a_value_of_another_kind_is_refused(faults_after: Spoil) -> None:
    faults = faults_after("parameters.yml", "value: 364", "value: 364.5")
    assert faults[0].startswith("parameters.yml: renewal_opens_days_before: [0].value: ")
