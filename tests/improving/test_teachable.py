"""What may be trained on, and how it is written down."""

from datetime import UTC, datetime

import pytest

from bot.improving.teachable import LONGEST, is_sentence, tidy, unfit

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("  can I\n do it\r\n\ttoday? ", "can I do it today?"),
        ("one\u2028two\u2029three\x85four\x0bfive", "one two three four five"),
        ("- how much", "how much"),
        ("-- – — * how much", "how much"),
        ("from [Vancouver](airport) to {LAX}", "from (Vancouver)(airport) to (LAX)"),
        ("nul\x00 and \x07bell", "nul and bell"),
        ("\ufeffbonjour \u202evous\u202c", "bonjour vous"),
        ("half \ud83d pair", "half pair"),
        ("entrevue annule\u0301e", "entrevue annulée"),
        (
            "# no comment: 'quoted' \"twice\" & *star !tag | > % @",
            "# no comment: 'quoted' \"twice\" & *star !tag | > % @",
        ),
        ("✈️ when?", "✈️ when?"),
    ],
)
def test_tidy(typed: str, written: str) -> None:
    assert " ".join(tidy(typed).split()) == written


@pytest.mark.parametrize("typed", ["a\nb", "- - [x]", "\u2028- a [b]{c}", "— «\xa0oui\xa0» -", "a \x00 b"])
def test_tidying_twice_changes_nothing(typed: str) -> None:
    assert tidy(tidy(typed)) == tidy(typed)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("my passid is •••••••••", "masked"),
        ("• an answer of one line", "masked"),
        ("my passid is 980000001", "masked, or ought to be"),
        ("I was born on 1984-03-09", "masked, or ought to be"),
        ("write to someone@example.org", "masked, or ought to be"),
        ("/restart", 'begins with "/"'),
        ("  /greet hello", 'begins with "/"'),
        ("?!… 12 30", "holds no words"),
        ("", "holds no words"),
        ("why " * LONGEST, f"{4 * LONGEST} characters, and at most {LONGEST}"),
    ],
)
def test_unfit(text: str, reason: str) -> None:
    said = unfit(text, NOW)
    assert said is not None
    assert reason in said


@pytest.mark.parametrize(
    "text", ["why", "à quelle heure ouvre YVR le 27 novembre?", "AC 8043 on Friday at 2", "w" * LONGEST, "où"]
)
def test_fit(text: str) -> None:
    assert unfit(text, NOW) is None
    assert is_sentence(text)
