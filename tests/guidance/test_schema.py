"""The published schema is that of the types, and says the same as the reader."""

import json

import jsonschema
from hypothesis import HealthCheck, given, settings

from bot.guidance.schema import schema, text
from bot.settings import ROOT
from tests.guidance.inventing import cases
from tests.guidance.making import EXPECTED, FOLDER

PUBLISHED = ROOT / "docs" / "guidance.schema.json"


def test_the_published_file_is_up_to_date():
    assert PUBLISHED.read_text(encoding="utf-8") == text(), (
        "write it anew: python -m bot.guidance.schema > docs/guidance.schema.json"
    )


def test_it_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(schema())


def of_type(name):
    return jsonschema.Draft202012Validator({**schema(), "anyOf": [{"$ref": f"#/$defs/{name}"}]})


def test_the_worked_cases_are_valid():
    for name in EXPECTED:
        of_type("Case").validate(json.loads((FOLDER / f"{name}.json").read_bytes()))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(value=cases())
def test_every_ruling_is_valid(ruled, value):
    import msgspec

    of_type("Case").validate(value)
    of_type("Ruling").validate(json.loads(msgspec.json.encode(ruled(value))))
