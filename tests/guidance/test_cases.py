"""The worked cases: `cases/NAME.json`, each with its verdict and code in `cases/expected.json`."""

import json

import pytest

from tests.guidance.making import EXPECTED, FOLDER


@pytest.mark.parametrize("name", sorted(EXPECTED))
@pytest.mark.parametrize("language", ["en", "fr"])
def test_worked_case(ruled, name, language):
    flight = ruled(json.loads((FOLDER / f"{name}.json").read_bytes()), language).cbp_on_next_flight

    assert {"verdict": flight.verdict, "code": flight.code} == EXPECTED[name]


def test_every_case_file_has_an_expectation():
    assert {path.stem for path in FOLDER.glob("*.json")} - {"expected"} == set(EXPECTED)
