"""The figures as tables: for the terminal and as Markdown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.figures import order, sets, title
from benchmarks.reading import PROJECT
from benchmarks.wanted import Goal

NAMES = {"template": "Rasa's template", "ours": "the guide's dialogue", "ours-recorded": "the guide, whole way"}
NOT_TO_BE_QUOTED = "A QUICK TRY: few sentences, few epochs. These figures mean nothing and are not to be quoted."


@dataclass(frozen=True)
class Table:
    """A heading, a remark, and rows of text under column names; the first `names` columns are no numbers."""

    heading: str
    remark: str
    columns: tuple[str, ...]
    rows: list[list[str]]
    names: int = 1


def tables(found: Mapping[str, Any]) -> Iterator[Table]:
    """Every table that has rows."""
    every = (_goals(found), *_intents(found), _noise(found), _dialogue(found), _rulings(found), _desk(found))
    yield from (table for table in every if table.rows)


def _goals(found: Mapping[str, Any]) -> Table:
    goals = [Goal(**goal) for goal in found["wanted"]]
    rows = [[goal.what, goal.wanted, goal.found, "reached" if goal.reached else "missed"] for goal in goals]
    remark = "Differences and ratios of ours to Rasa's template, trained on the same data in the same run."
    if found.get("desk"):
        remark += " What is about the desk is compared with nothing."
    return Table("Wanted, and found", remark, ("what", "wanted", "found", ""), rows, names=4)


_SHARES = ("accuracy", "macro_f1", "out_of_scope_recall", "out_of_scope_not_answered", "wrong_answers", "asked_again")
_INTENTS = (
    "contestant", "accuracy %", "macro F1 %", "oos recall %", "oos kept %", "wrong answers %", "asked again %",
    "calibr. error", "embedded %", "ms mean", "ms p50", "ms p95", "training s",
)  # fmt: skip
_READING = (
    "Accuracy is about the likeliest intent. oos: out of scope; recall: recognised as such; kept: recognised or asked "
    "about. A wrong answer is one that was given; asking again is no answer. Milliseconds: the whole understanding of "
    "one message. Each of ours has temperature and threshold chosen by the same function on sentences that are not "
    "measured on; the cascade's on the project's own data are those of `config.yml`. Training: of the classifiers; the "
    "template's without its policies, ours with the embedding of every sentence."
)


def _intents(found: Mapping[str, Any]) -> Iterator[Table]:
    for place, measured in enumerate(sets(found)):
        seconds = found["training_seconds"].get(measured if measured in found["data"] else PROJECT, {})
        rows = [
            [
                NAMES.get(name, name),
                *(_percent(scores[key]) for key in _SHARES),
                f"{scores['calibration_error']:.3f}",
                _percent(scores["embedded"]) if name in ("always embeddings", "cascade") else "",
                f"{scores['milliseconds_mean']:.1f}",
                f"{scores['milliseconds_p50']:.1f}",
                f"{scores['milliseconds_p95']:.1f}",
                f"{seconds[name]:.0f}" if name in seconds else "",
            ]
            for name, scores in ((name, found["intents"][measured][name]) for name in order(found["intents"][measured]))
        ]
        count = next(iter(found["intents"][measured].values()))["sentences"]
        heading = f"Intents: {title(measured)}, {count:,} sentences"
        yield Table(heading, "" if place else _READING, _INTENTS, rows)


def _noise(found: Mapping[str, Any]) -> Table:
    rows = []
    for language, measured in found["noise"].items():
        for name in order(measured):
            told = measured[name]
            row = [title(language), NAMES.get(name, name), str(told["messages"]), _percent(told["asked_again"])]
            rows.append(row)
    remark = "Messages that mean nothing; the right answer is to ask again."
    return Table("Noise", remark, ("set", "contestant", "messages", "asked again %"), rows, names=2)


def _dialogue(found: Mapping[str, Any]) -> Table:
    rows = []
    for name in [name for name in NAMES if name in found["dialogue"]]:
        told = found["dialogue"][name]
        rows.append(
            [
                NAMES[name],
                f"{told['ready_seconds']:.1f}",
                f"{told['memory']['peak']:.0f}",
                f"{told['memory']['resident']:.0f}",
                f"{told['turns_a_second']:.1f}",
                f"{told['milliseconds_p50']:.1f}",
                f"{told['milliseconds_p95']:.1f}",
                f"{told['turn_5_milliseconds']:.1f}",
                f"{told['turn_400_milliseconds']:.1f}",
                f"{told['turn_400_by_turn_5']:.2f}",
            ]
        )
    columns = (
        "who", "ready s", "peak MB", "resident MB", "turns/s", "ms p50", "ms p95", "turn 5 ms", "turn 400 ms", "ratio",
    )  # fmt: skip
    remark = (
        "Ready: from the start of the process to the first answer. One turn at a time, the held-out sentences as "
        "messages, ten a conversation. All is in the template's favour: it keeps its trackers in memory and answers "
        "each intent with one fixed sentence; the guide runs its actions and commits to SQLite on disk, and the "
        "whole way masks and stores every message before it is answered."
    )
    return Table("Dialogue", remark, columns, rows)


def _rulings(found: Mapping[str, Any]) -> Table:
    rows = [[code, f"{told['ruling']:,.0f}", f"{told['json']:,.0f}"] for code, told in found["rulings"].items()]
    return Table("Rulings", "A second of one core's time.", ("language", "rulings/s", "from JSON to JSON/s"), rows)


def _desk(found: Mapping[str, Any]) -> Table:
    desk = found.get("desk", {})
    measured = desk.get("databases", {})
    names = next(iter(measured.values()))["calls"] if measured else []
    rows = [
        [name, *(f"{told['calls'][name][key]:.1f}" for told in measured.values() for key in ("p50", "p95"))]
        for name in names
    ]
    columns = ("call", *(f"{kind}, ms {key}" for kind in measured for key in ("p50", "p95")))
    remark = ""
    if desk:
        remark = (
            f"One call at a time over HTTP on the loopback address, the client's time included, with "
            f"{desk['conversations']:,} open conversations, and one of {desk['long_messages']:,} messages."
        )
    return Table("Desk", remark, columns, rows)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}"


def about(found: Mapping[str, Any]) -> str:
    """One sentence on when, where and with what."""
    machine, data = found["machine"], found["data"]
    told = ", ".join(
        f"{name}: {size['trained_on']:,} sentences, {size['intents']} intents" for name, size in data.items()
    )
    return (
        f"{found['date']}, `{found['command']}`, {machine['cores']} cores ({machine['processor']}), "
        f"Python {machine['python']}, Rasa {machine['versions']['rasa']}" + (f"; trained on {told}." if told else ".")
    )


def markdown(found: Mapping[str, Any]) -> str:
    """The whole report."""
    lines = ["# Figures", "", about(found), ""]
    if found["quick"]:
        lines += [f"**{NOT_TO_BE_QUOTED}**", ""]
    for name, reason in found["failed"].items():
        lines += [f"**Failed: {name}.** {reason}", ""]
    lines += ["![Accuracy against cost](bench.svg)", ""] if found["intents"] else []
    for table in tables(found):
        lines += [f"## {table.heading}", "", *([table.remark, ""] if table.remark else []), *rows_of(table), ""]
    return "\n".join(lines)


def rows_of(table: Table) -> list[str]:
    """A table's lines in Markdown."""
    bars = ["---" if place < table.names else "---:" for place in range(len(table.columns))]
    return ["| " + " | ".join(cells) + " |" for cells in (table.columns, bars, *table.rows)]
