"""`rules.yml`: who says that a rule of the engine is so, and since when."""

from bot.guidance.policy import RuleFact
from bot.policy.files import read_section
from bot.policy.reading import Reading
from bot.policy.spans import Dated, check_dated

FILE = "rules.yml"
STEP = "step."


def read_rules(reading: Reading) -> dict[str, RuleFact]:
    """All rules by id; the id of a next step is `step.` and its code."""
    entries = read_section(reading.folder / FILE, "rules", Dated, reading.faults)
    for name, entry in entries.items():
        check_dated(reading, FILE, name, entry)
    return {name: RuleFact(name, entry.span()) for name, entry in entries.items()}
