"""A report's tables for spreadsheets."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from bot.desk.reports.report import Report
from bot.formats import Language

Cell = str | int | float | None
Row = tuple[Cell, ...]
Say = Callable[[str], str]

_TEXTS = Path(__file__).parents[1] / "static" / "reports_texts.json"
# What makes a spreadsheet take a cell for a formula, full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# French spreadsheets write decimals with a comma, and so part columns by a semicolon.
_PARTED_BY: dict[Language, str] = {"en": ",", "fr": ";"}
_BYTE_ORDER_MARK = "\ufeff"


def _days(report: Report, _: Say) -> Iterable[Row]:
    for day in report.days:
        yield day.day, day.conversations, day.without_person, day.handed_over


def _handoffs(report: Report, say: Say) -> Iterable[Row]:
    for figures in report.handoffs:
        yield figures.reason, say(f"reason_{figures.reason}"), figures.handoffs


def _waiting(report: Report, say: Say) -> Iterable[Row]:
    waiting = report.waiting
    for measure in ("median_seconds", "p90_seconds", "replied", "still_waiting", "ended_without_reply"):
        yield measure, say(f"waiting_{measure}"), getattr(waiting, measure)
    for span in waiting.spans:
        name = "over" if span.below_seconds is None else str(span.below_seconds)
        yield f"span_{name}", say(f"span_{name}"), span.handoffs


def _unanswered(report: Report, say: Say) -> Iterable[Row]:
    for code in report.unanswered:
        yield code.code, say(f"code_{code.code}"), say(f"missing_{code.missing}"), code.answers, code.conversations


def _unsure(report: Report, say: Say) -> Iterable[Row]:
    for intent in report.unsure:
        yield intent.intent or say("no_intent"), intent.messages, intent.conversations


def _satisfaction(report: Report, say: Say) -> Iterable[Row]:
    figures = report.satisfaction
    for answer in ("yes", "partly", "no"):
        share = getattr(figures, f"share_{answer}")
        percent = None if share is None else round(100 * share, 1)
        yield answer, say(f"rating_{answer}"), getattr(figures, answer), percent


_TABLES: dict[str, tuple[tuple[str, ...], Callable[[Report, Say], Iterable[Row]]]] = {
    "days": (("col_day", "col_conversations", "col_without_person", "col_handed_over"), _days),
    "handoffs": (("col_code", "col_reason", "col_handoffs"), _handoffs),
    "waiting": (("col_code", "col_measure", "col_value"), _waiting),
    "unanswered": (("col_code", "col_question", "col_missing", "col_answers", "col_conversations"), _unanswered),
    "unsure": (("col_intent", "col_messages", "col_conversations"), _unsure),
    "satisfaction": (("col_code", "col_answer", "col_conversations", "col_percent"), _satisfaction),
}
NAMES = tuple(_TABLES)


def as_csv(report: Report, table: str, language: Language) -> str:
    """One of `NAMES` as a file that spreadsheets of this language open in columns. Raises KeyError for another name."""
    columns, rows = _TABLES[table]
    texts = _texts()

    def say(key: str) -> str:
        return texts[f"report_{key}"][language]

    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=_PARTED_BY[language])
    writer.writerow([say(column) for column in columns])
    writer.writerows([_written(cell, language) for cell in row] for row in rows(report, say))
    return _BYTE_ORDER_MARK + out.getvalue()


def _written(cell: Cell, language: Language) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    number = f"{cell:g}" if isinstance(cell, float) and not cell.is_integer() else str(int(cell))
    return number.replace(".", ",") if language == "fr" else number


@cache
def _texts() -> dict[str, dict[Language, str]]:
    """The words of the page, so that a table says what the page says."""
    texts: dict[str, dict[Language, str]] = json.loads(_TEXTS.read_text(encoding="utf-8"))
    return texts
