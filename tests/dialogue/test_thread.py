import pytest

from bot.dialogue.thread import Thread


@pytest.mark.parametrize(
    ("awaiting", "pursued", "asked", "interrupted"),
    [
        ("when", None, False, True),
        ("when", "check_status", False, True),
        ("when", "cbp_on_flight", False, False),
        ("when", "next_step", True, False),
        (None, None, False, False),
        ("home", None, False, True),
        ("home", "renewal", False, False),
    ],
)
def test_what_interrupts_the_open_question(
    awaiting: str | None, pursued: str | None, asked: bool, interrupted: bool
) -> None:
    assert Thread("cbp_on_flight", awaiting, pursued, asked).interrupted is interrupted


def test_what_was_asked_in_passing_is_not_asked_again() -> None:
    assert [Thread("x", fact).is_open for fact in ("when", "home", "proof", None)] == [True, False, False, False]


@pytest.mark.parametrize(
    ("awaiting", "changed", "answered"),
    [
        ("when", ["travel_day"], True),
        ("when", ["origin"], False),
        ("progress", ["claimed_cbsa"], True),
        (None, [], False),
    ],
)
def test_an_interruption_may_answer_as_well(awaiting: str | None, changed: list[str], answered: bool) -> None:
    assert Thread("cbp_on_flight", awaiting).answered_by(changed) is answered
