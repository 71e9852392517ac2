"""The four ways of being interviewed: which are open to this traveller, best first, and where.

Readings of the contract where it leaves room:
- Its sentences are taken in order, like the rows of the flight table: automatic renewal or approval first, then what
  ends an application, then the rest.
- Of a CBSA interview completed at an airport and one at a land centre the airport one counts, as for the flight.
- "Applies" before "does not apply" is taken as yes, not yet, no. Options whose centres are equally near, and all
  options where the residence is unknown, keep the order of `OPTIONS`.
"""

from bot.guidance.distance import kilometres
from bot.guidance.next_steps import cbsa_step, status_step
from bot.guidance.reasons import explain
from bot.guidance.ruling import Applies, CentreChoice, NextStep, OptionName, OptionRuling, Reason
from bot.guidance.situation import Situation
from bot.guidance.speaker import Speaker

OPTIONS: tuple[OptionName, ...] = ("airport_two_step", "us_joint", "land_split", "no_interview")
_RANK: dict[Applies, int] = {"yes": 0, "not_yet": 1, "no": 2}
_FAR = float("inf")

Finding = tuple[Applies, tuple[Reason, ...], tuple[NextStep, ...]]


def options(s: Situation, speaker: Speaker) -> tuple[OptionRuling, ...]:
    """All four options, best first."""
    rulings = [_option(name, s, speaker) for name in OPTIONS]
    rulings.sort(key=_rank if s.case.residence is None else _rank_and_nearness)
    return tuple(rulings)


def _rank(ruling: OptionRuling) -> int:
    return _RANK[ruling.applies]


def _rank_and_nearness(ruling: OptionRuling) -> tuple[int, float]:
    nearest = ruling.centres[0].distance_km if ruling.centres else None
    return _RANK[ruling.applies], _FAR if nearest is None else nearest


def _option(name: OptionName, s: Situation, speaker: Speaker) -> OptionRuling:
    applies, reasons, steps = _settled(name, s, speaker) or _open_question(name, s, speaker)
    touched = (name, *[reason.rule for reason in reasons], *[step.code for step in steps])
    return OptionRuling(
        option=name,
        applies=applies,
        title=speaker.say(f"option.{name}"),
        text=speaker.say(f"option.{name}.{applies}"),
        reasons=reasons,
        next_steps=steps,
        centres=_centres(name, s, speaker),
        notices=speaker.notices(touched),
    )


def _settled(name: OptionName, s: Situation, speaker: Speaker) -> Finding | None:
    """The answer where something about the application settles every option alike."""
    if s.needs_no_interview:
        reasons = (speaker.reason("option_no_interview", True),)
        return ("yes", reasons, _early(s, speaker)) if name == "no_interview" else ("no", reasons, ())
    for rule, ended in (
        ("not_refused", s.refused),
        ("not_closed", s.status == "cancelled"),
        ("no_joint_interview_yet", s.joint_completed),
        ("no_cbp_interview_yet", s.cbp_completed),
    ):
        if ended:
            return "no", (explain(rule, False, s, speaker),), _early(s, speaker)
    if name == "no_interview":
        return "no", (speaker.reason("option_no_interview", False),), ()
    return None


def _open_question(name: OptionName, s: Situation, speaker: Speaker) -> Finding:
    reasons = [_own_rule(name, s, speaker)]
    if s.cbsa_done is not None:
        began = "airport" if s.cbsa_done.at_airport else "land"
        reasons.append(speaker.reason(f"started_at_{began}_finish_at_{began}", True))
        if name not in _GOES_ON[began]:
            return "no", tuple(reasons), (_finish(s, speaker),)
    if s.application is None:
        reasons.append(speaker.reason("application_known", False))
        return "not_yet", tuple(reasons), _early(s, speaker)
    approved = s.status == "conditionally_approved"
    reasons.append(explain("conditionally_approved", approved, s, speaker))
    if not approved:
        return "not_yet", tuple(reasons), _early(s, speaker)
    if name == "airport_two_step" and not s.in_force.airport_option_open:
        return "not_yet", (*reasons[1:], reasons[0]), ()  # the rule that decided comes last
    return "yes", tuple(reasons), (_way_on(name, s, speaker),)


_GOES_ON = {"airport": frozenset({"airport_two_step"}), "land": frozenset({"land_split"})}


def _own_rule(name: OptionName, s: Situation, speaker: Speaker) -> Reason:
    if name == "airport_two_step":
        holds, opened = s.in_force.airport_option_open, s.in_force.airport_option_opened_on
        return speaker.reason("airport_option_open", holds, opened=opened)
    return speaker.reason("option_joint_by_appointment" if name == "us_joint" else "option_split_pairs", True)


def _early(s: Situation, speaker: Speaker) -> tuple[NextStep, ...]:
    step = status_step(s, speaker)
    return (step,) if step is not None else ()


def _finish(s: Situation, speaker: Speaker) -> NextStep:
    if s.cbsa_done is not None and s.cbsa_done.at_airport:
        return speaker.step("choose_preclearance_flight" if s.shared else "wait_for_sharing")
    return speaker.step("attend_second_half")


def _way_on(name: OptionName, s: Situation, speaker: Speaker) -> NextStep:
    if s.cbsa_done is not None:
        return _finish(s, speaker)
    if name == "us_joint":
        return speaker.step("attend_joint_interview" if s.joint_scheduled else "book_joint_interview")
    at_airport = name == "airport_two_step"
    if s.cbsa is not None and s.cbsa.at_airport == at_airport:
        return cbsa_step(s, speaker)
    return speaker.step("book_cbsa_interview" if at_airport else "book_split_interview")


def _centres(name: OptionName, s: Situation, speaker: Speaker) -> tuple[CentreChoice, ...]:
    """The open centres, nearest first where the residence is known, else in the policy's order."""
    named = speaker.centres[name]
    if s.here is None or not named:
        return named
    distances = kilometres(s.here, s.in_force.sites[name].where)
    near = sorted(zip(distances, range(len(named)), strict=True))
    return tuple([CentreChoice(named[index].centre_id, named[index].name, km) for km, index in near])
