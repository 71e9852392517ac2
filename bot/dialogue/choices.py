"""Which readings of a message the guide was not sure of are worth asking about."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

MOST = 3
# Below this a reading is no guess any more; and none is offered that is so much less likely than the best.
LEAST = 0.04
BESIDE_THE_BEST = 0.2


def worth_offering(ranking: Sequence[Mapping[str, Any]], can_be_asked: Callable[[str], bool]) -> list[str]:
    """The likeliest intents of `ranking`, each once, at most `MOST`: those that a question can be put for."""
    likely: dict[str, float] = {}
    for entry in ranking:
        name = str(entry["name"])
        if can_be_asked(name):
            likely[name] = max(likely.get(name, 0.0), float(entry["confidence"]))
    ordered = sorted(likely, key=lambda name: -likely[name])
    if not ordered:
        return []
    least = max(LEAST, BESIDE_THE_BEST * likely[ordered[0]])
    return [name for name in ordered if likely[name] >= least][:MOST]
