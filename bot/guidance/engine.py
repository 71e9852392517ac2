"""One case in, one ruling out.

`rule` is a pure function: the same arguments give the same ruling, and `now` comes with the case. What it keeps
between calls is only the policy laid out for recent days, which follows from its arguments.
"""

from collections import OrderedDict
from datetime import date

from bot.guidance.case import Case
from bot.guidance.in_force import PROGRAMME_ZONE, InForce
from bot.guidance.next_steps import flight_steps, overall
from bot.guidance.options import options
from bot.guidance.policy import Policy
from bot.guidance.reasons import reasons
from bot.guidance.renewal import renewal
from bot.guidance.ruling import (
    FlightRuling,
    Language,
    NextStep,
    Notice,
    OptionRuling,
    Reason,
    RenewalRuling,
    Ruling,
)
from bot.guidance.situation import Situation
from bot.guidance.speaker import Speaker
from bot.guidance.verdict import decide
from bot.guidance.wording import Wording

_DAYS_KEPT = 128
_ENGINES_KEPT = 4


class Engine:
    """Rules on cases by one policy in one wording."""

    def __init__(self, policy: Policy, wording: Wording) -> None:
        self.policy = policy
        self.wording = wording
        self._days: OrderedDict[tuple[date, Language], Speaker] = OrderedDict()

    def rule(self, case: Case, language: Language) -> Ruling:
        """The ruling on `case`. Raises UnknownCentreError, see `rule`."""
        day = case.now.astimezone(PROGRAMME_ZONE).date()
        speaker = self._days.get((day, language)) or self._lay_out(day, language)
        situation = Situation(case, speaker.in_force)
        flight = _flight(situation, speaker)
        choices = options(situation, speaker)
        step = overall(flight.code, choices, situation, speaker)
        renewed = renewal(situation, speaker)
        return Ruling(
            cbp_on_next_flight=flight,
            options=choices,
            next_step=step,
            renewal=renewed,
            sources=speaker.cited(_cited(flight, choices, step, renewed)),
            as_of=day,
            language=language,
        )

    def _lay_out(self, day: date, language: Language) -> Speaker:
        speaker = Speaker(InForce(self.policy, day), self.wording, language)
        self._days[day, language] = speaker
        if len(self._days) > _DAYS_KEPT:
            self._days.popitem(last=False)
        return speaker


_engines: list[Engine] = []


def rule(case: Case, policy: Policy, wording: Wording, language: Language) -> Ruling:
    """The ruling on `case` by `policy` as it stands at the case's `now`, in `language`.

    `as_of` and every date of the policy are days in Toronto; the day of departure is the day at the airport.

    Raises:
        UnknownCentreError: a CBSA interview that could count names no centre of the policy; a case that came through
            `bot.guidance.reading` never does.
    """
    for engine in _engines:
        if engine.policy is policy and engine.wording is wording:
            return engine.rule(case, language)
    engine = Engine(policy, wording)
    _engines.insert(0, engine)
    del _engines[_ENGINES_KEPT:]
    return engine.rule(case, language)


def _flight(situation: Situation, speaker: Speaker) -> FlightRuling:
    decision = decide(situation)
    row = decision.row
    found = reasons(decision, situation, speaker)
    steps = flight_steps(row.code, row.verdict, situation, speaker)
    touched = [name for name, _ in decision.trace]
    touched += [step.code for step in steps]
    if situation.airport is not None:
        touched.append(f"airport:{situation.airport}")
    return FlightRuling(
        verdict=row.verdict,
        code=row.code,
        text=speaker.say(f"verdict.{row.code}.{row.verdict}"),
        trip=situation.trip.index if situation.trip else None,
        airport=situation.airport,
        reasons=found,
        next_steps=steps,
        notices=speaker.notices(tuple(touched)),
    )


def _cited(
    flight: FlightRuling, choices: tuple[OptionRuling, ...], step: NextStep, renewed: RenewalRuling
) -> list[tuple[str, ...]]:
    """The sources of every reason, step and notice, the flight's first."""
    citing: list[Reason | NextStep | Notice] = []
    parts: tuple[FlightRuling | OptionRuling, ...] = (flight, *choices)
    for part in parts:
        citing += part.reasons
        citing += part.next_steps
        citing += part.notices
    citing.append(step)
    citing += renewed.reasons
    citing += renewed.notices
    return [each.sources for each in citing]
