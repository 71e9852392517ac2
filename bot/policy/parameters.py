"""`parameters.yml`: numbers and dates of the programme over time."""

import datetime

from bot.guidance.policy import Parameter
from bot.policy.files import read_section
from bot.policy.reading import Reading
from bot.policy.spans import Dated, check_series

FILE = "parameters.yml"


class Value(Dated, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One value with the days it holds."""

    value: int | datetime.date


def read_parameters(reading: Reading) -> dict[str, Parameter]:
    """All parameters by name, each with its values in order of date."""
    parameters = {}
    for name, values in read_section(reading.folder / FILE, "parameters", tuple[Value, ...], reading.faults).items():
        if not values:
            reading.faults.add(FILE, name, "has no value; give at least one")
        check_series(reading, FILE, name, values)
        ordered = sorted(values, key=lambda value: value.start or datetime.date.min)
        parameters[name] = Parameter(name, tuple((value.span(), value.value) for value in ordered))
    return parameters
