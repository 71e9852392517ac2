"""What SQLite and PostgreSQL both can, spelt for each; paths are written out, so that indexes serve."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import QueryableAttribute
from sqlalchemy.sql.functions import FunctionElement


class WholeSeconds(FunctionElement[int]):
    """An instant as seconds since 1970-01-01 in UTC; what is less than a second is cut off."""

    type = BigInteger()
    inherit_cache = True

    def __init__(self, instant: ColumnElement[Any] | QueryableAttribute[Any]) -> None:
        super().__init__(instant)


class JsonText(FunctionElement[str]):
    """The text at `path` in a column of JSON, NULL where there is nothing; digits in the path are positions."""

    type = String()
    inherit_cache = True

    def __init__(self, column: ColumnElement[Any], *path: str) -> None:
        # As columns, not as values: what a statement holds in its own words is part of what it is cached under.
        super().__init__(column, *(literal_column(name) for name in path))


def literal_text(value: str) -> ColumnElement[str]:
    """`value`, a name of ours, in a statement's own words: a condition of an index is recognised by them."""
    if not value.replace("_", "").isalnum():
        raise ValueError(f"{value!r} cannot stand in a statement; expected letters, digits and underscores")
    return literal_column(f"'{value}'", String)


@compiles(WholeSeconds, "sqlite")
def _seconds_sqlite(element: WholeSeconds, compiler: Any, **options: Any) -> str:
    # Given more than whole seconds, SQLite rounds them to a thousandth first, and so may up to the next second.
    whole = f"substr({compiler.process(element.clauses, **options)}, 1, 19)"
    return f"CAST(strftime('%s', {whole}) AS INTEGER)"


@compiles(WholeSeconds, "postgresql")
def _seconds_postgresql(element: WholeSeconds, compiler: Any, **options: Any) -> str:
    return f"CAST(floor(extract(epoch FROM {compiler.process(element.clauses, **options)})) AS BIGINT)"


@compiles(JsonText, "sqlite")
def _json_sqlite(element: JsonText, compiler: Any, **options: Any) -> str:
    column, *path = element.clauses
    steps = "".join(f"[{name}]" if name.isdigit() else f".{name}" for name in map(str, path))
    return f"json_extract({compiler.process(column, **options)}, '${steps}')"


@compiles(JsonText, "postgresql")
def _json_postgresql(element: JsonText, compiler: Any, **options: Any) -> str:
    column, *path = element.clauses
    return f"({compiler.process(column, **options)} #>> '{{{','.join(map(str, path))}}}')"
