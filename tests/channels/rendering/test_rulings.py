"""Every ruling of the engine, as the guide says it, fits: verdict and next step on the first page."""

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import policy
from bot.channels.rendering.compose import compose
from bot.channels.rendering.gsm import is_gsm, segments
from bot.channels.rendering.plain import plain
from bot.conversations.transcript import ShownMessage
from bot.formats import Language
from bot.guidance.engine import rule
from bot.guidance.ruling import Ruling
from tests.channels.rendering.spoken import CATALOGUE, SMS, spoken
from tests.guidance.inventing import cases
from tests.guidance.making import read

POLICY = policy.load_all().policy


def said(ruling: Ruling, language: Language) -> ShownMessage:
    """The ruling on a flight, line by line as the guide says it, with the buttons that go with it."""
    flight = ruling.cbp_on_next_flight
    lines = [flight.text, CATALOGUE.say("flight.trip", language, trip="Vancouver (YVR) → Seattle (SEA)")]
    lines += [CATALOGUE.say("flight.why", language, reason=flight.reasons[-1].text)]
    lines += [CATALOGUE.say("flight.next", language, step=step.text) for step in flight.next_steps[:1]]
    lines += [CATALOGUE.say("flight.as_told", language)]
    titles = [CATALOGUE.say(key, language) for key in ("button.why", "button.options")]
    meta = {"ruling": msgspec.to_builtins(ruling), "card": "flight", "sources": msgspec.to_builtins(ruling.sources)}
    return spoken("\n".join(lines), *titles, language=language, **meta)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(cases(), st.sampled_from(["en", "fr"]))
def test_verdict_and_next_step_stand_on_the_first_page_of_three_gsm_segments(value: dict, language: Language) -> None:
    case = read(value, POLICY)
    ruling = rule(case, POLICY, CATALOGUE, language)
    pages = compose([said(ruling, language)], language, SMS, CATALOGUE)
    first = pages[0].parts[0].text
    flight = ruling.cbp_on_next_flight
    assert first.startswith(plain(flight.text))
    assert all(plain(step.text) in first for step in flight.next_steps[:1])
    for page in pages:
        [part] = page.parts
        assert is_gsm(part.text)
        assert segments(part.text) <= 3
