"""What a reviewer is asked and may answer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.improving.asking import Label, QuitError, Reviewer, described
from bot.improving.unsure import Unsure
from tests.improving.recording import NOW

INTENTS = frozenset({"ask_fees", "ask_card", "ask_why", "greet"})


def item(text: str = "what is the damage", **rest: object) -> Unsure:
    values: dict[str, object] = {
        "message_ids": ("m1",),
        "language": "en",
        "intent": "nlu_fallback",
        "confidence": 0.3,
        "at": NOW,
        "guesses": (("ask_fees", 0.31), ("ask_card", None)),
        **rest,
    }
    return Unsure(text=text, **values)  # type: ignore[arg-type]


def ask(*typed: str, about: Unsure | None = None) -> Label | None:
    lines: Iterator[str] = iter(typed)
    return Reviewer(INTENTS, NOW, lambda: next(lines, None)).ask(about or item())


@pytest.mark.parametrize("typed", ["1", " 1 \n", "ask_fees", "fees"])
def test_by_number_or_by_name(typed: str) -> None:
    assert ask(typed) == Label("what is the damage", "ask_fees")


def test_enter_skips() -> None:
    assert ask("\n") is None


@pytest.mark.parametrize("typed", [("q",), (), ("?",), ("w",), ("nonsense",)])
def test_q_and_the_end_of_the_input_quit(typed: tuple[str, ...]) -> None:
    with pytest.raises(QuitError):
        ask(*typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3", "expected a number from 1 to 2, got 3; the name of an intent will do as well"),
        ("0", "expected a number from 1 to 2, got 0"),
        ("9" * 5000, "expected a number from 1 to 2"),
        ("²", 'there is no intent "²"; ? lists them'),
        ("ask_fee", 'there is no intent "ask_fee"; did you mean ask_fees?'),
        ("crad", 'there is no intent "crad"; did you mean ask_card?'),
        ("nlu_fallback", 'there is no intent "nlu_fallback"; ? lists them'),
        ("\x1b[31mred", 'there is no intent "[31mred"'),
        ("\ufffd", "there is no intent"),
    ],
)
def test_what_is_no_answer_is_asked_again(typed: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(typed, "2") == Label("what is the damage", "ask_card")
    assert said in capsys.readouterr().out


def test_a_number_where_there_is_no_guess(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("1", "greet", about=item(guesses=())) == Label("what is the damage", "greet")
    assert "for there is no guess" in capsys.readouterr().out


def test_the_intents_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("?", "") is None
    assert "ask_card, ask_fees, ask_why, greet" in capsys.readouterr().out


def test_a_masked_sentence_is_never_taught_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    masked = item("my number is ••••••••• what now")
    assert ask("1", "it is 980000001", "here is my number, what now", about=masked) == Label(
        "here is my number, what now", "ask_fees"
    )
    out = capsys.readouterr().out
    assert out.count("It cannot be taught as it stands: part of it is masked") == 2
    assert ask("1", "", about=masked) is None


def test_a_sentence_may_be_written_anew() -> None:
    assert ask("w", "  - what [is] it?", "1") == Label("what (is) it?", "ask_fees")
    assert ask("w", "", "1") == Label("what is the damage", "ask_fees")


def test_how_it_is_shown() -> None:
    shown = described(item("two\nlines \x1b[2J\u202e •••", message_ids=("m1", "m2"), at=NOW + timedelta(hours=2)))
    assert shown.replace("\u202f", " ").replace("\xa0", " ") == (
        "en, November 21, 2026, 2:00 p.m., 2 times: asked again\n  two lines [2J •••\n    1 ask_fees (31%)   2 ask_card"
    )
    assert "answered as ask_why (55%)" in described(item(intent="ask_why", confidence=0.55))
