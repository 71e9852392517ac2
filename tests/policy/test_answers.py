from collections.abc import Callable
from datetime import date

import pytest

from bot.policy import Everything
from bot.policy.answers import load_answers
from bot.policy.everything import FOLDER
from bot.settings import ROOT
from bot.texts import Catalogue

Spoil = Callable[..., tuple[str, ...]]
LEADS_ONLY = {"greet", "goodbye", "thank", "help", "bot_challenge", "chitchat", "out_of_scope"}
SOURCED = {
    "ask_book_cbsa_interview", "ask_appointment_availability", "ask_change_appointment", "ask_where_centres",
    "ask_joint_us_interview", "ask_land_split", "ask_finish_at_land", "ask_order_of_steps", "ask_connecting_flight",
    "ask_time_before_flight", "ask_day_of_travel_problem", "ask_preclearance_authority", "ask_documents", "ask_family",
    "ask_processing_time", "ask_eligibility", "ask_benefits", "ask_fees", "ask_card", "ask_denial", "notify_me",
    "talk_to_human", "ask_renewal", "ask_interview_options",
}  # fmt: skip
DAYS = [date(2023, 1, 25), date(2023, 3, 21), date(2023, 3, 22), date(2024, 10, 1), date(2026, 11, 21)]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load(ROOT / "data" / "responses")


def test_every_question_has_an_answer(everything: Everything) -> None:
    assert set(everything.answers) == SOURCED


@pytest.mark.parametrize("intent", sorted(LEADS_ONLY | SOURCED))
def test_every_answer_has_a_short_lead(catalogue: Catalogue, intent: str) -> None:
    for language in ("en", "fr"):
        assert 5 < len(catalogue.say(f"answer.{intent}", language)) < 400


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("intent", sorted(SOURCED))
def test_a_reader_sees_one_to_five_statements_on_any_day(everything: Everything, intent: str, day: date) -> None:
    said = [name for name in everything.answers[intent] if everything.statements[name].in_force(day)]
    assert 0 < len(said) <= 5


@pytest.mark.parametrize("intent", ["ask_order_of_steps", "ask_finish_at_land"])
def test_an_answer_on_the_order_carries_the_undated_warning(everything: Everything, intent: str) -> None:
    assert "interviews.order_disputed" in everything.answers[intent]
    warning = everything.statements["interviews.order_disputed"]
    assert warning.span.start is None
    assert "undated" in warning.text.en
    assert "non datée" in warning.text.fr


def test_no_statement_is_forgotten(everything: Everything) -> None:
    """What is in no answer is about an airport or a centre, and is said when that one is spoken of."""
    answered = {name for names in everything.answers.values() for name in names}
    forgotten = {name for name, said in everything.statements.items() if name not in answered and not said.about}
    assert forgotten == set()


def test_answers_can_be_loaded_alone(everything: Everything) -> None:
    assert load_answers(FOLDER) == everything.answers


def test_an_answer_with_an_unknown_statement_is_refused(faults_after: Spoil) -> None:
    faults = faults_after("answers.yml", "[booking.look_in_ttp]", "[booking.look_there]")
    assert faults == ("answers.yml: notify_me: names the statement `booking.look_there`, which there is not",)


def test_a_statement_named_twice_is_refused(faults_after: Spoil) -> None:
    faults = faults_after("answers.yml", "[booking.look_in_ttp]", "[booking.look_in_ttp, booking.look_in_ttp]")
    assert faults == ("answers.yml: notify_me: names a statement twice; keep one",)
