"""The published JSON Schema of cases and rulings, made from the types.

`python -m bot.guidance.schema > docs/guidance.schema.json` writes it anew; a test holds the file to the types.
"""

import json
import sys
from typing import Any

import msgspec

from bot.guidance.case import Case
from bot.guidance.ruling import Ruling

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The schema (2020-12): a case or a ruling, or an array of either; every type under `$defs` by its name."""
    (case, ruling), types = msgspec.json.schema_components([Case, Ruling], ref_template="#/$defs/{name}")
    return {
        "$schema": DIALECT,
        "title": "NEXUS interview guide: case and ruling",
        "description": "One case in, one ruling out; an array of cases gives an array of rulings.",
        "anyOf": [case, ruling, {"type": "array", "items": case}, {"type": "array", "items": ruling}],
        "$defs": {name: _on_one_line(types[name]) for name in sorted(types)},
    }


def text() -> str:
    """The schema as the file holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _on_one_line(part: Any) -> Any:
    """The same with each description as running text: docstrings are wrapped for the code, not for readers of JSON."""
    if isinstance(part, dict):
        return {
            key: " ".join(value.split()) if key == "description" and isinstance(value, str) else _on_one_line(value)
            for key, value in part.items()
        }
    return [_on_one_line(item) for item in part] if isinstance(part, list) else part


if __name__ == "__main__":
    sys.stdout.write(text())
