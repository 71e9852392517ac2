"""The sources of a part of a ruling."""

import pytest

from bot.dialogue.cited import Card, sources_of
from bot.dialogue.resources import RESPONSES
from bot.guidance.engine import rule
from bot.policy import load
from bot.texts import Catalogue
from tests.guidance.making import read, ready

POLICY = load()
RULING = rule(read(ready(), POLICY), POLICY, Catalogue.load(RESPONSES), "en")


def test_the_flight_cites_what_decided_first() -> None:
    flight = RULING.cbp_on_next_flight
    cited = sources_of(RULING, "flight")
    assert cited[: len(flight.reasons[-1].sources)] == tuple(dict.fromkeys(flight.reasons[-1].sources))
    for part in (*flight.reasons, *flight.next_steps, *flight.notices):
        assert set(part.sources) <= set(cited)


@pytest.mark.parametrize("card", ["flight", "options", "renewal", "step"])
def test_each_part_cites_each_source_once_and_only_known_ones(card: Card) -> None:
    cited = sources_of(RULING, card)
    assert cited
    assert len(set(cited)) == len(cited)
    assert set(cited) <= set(POLICY.sources)


def test_the_step_cites_its_own() -> None:
    assert sources_of(RULING, "step") == tuple(dict.fromkeys(RULING.next_step.sources))
