"""When staff read messages, as travellers of both languages read it."""

from datetime import datetime

import pytest

from bot.conversations.staffed_hours import StaffedHours
from bot.dialogue.resources import RESPONSES
from bot.dialogue.staffed_words import hours, when_read
from bot.formats import Language
from bot.texts import Catalogue

WORDING = Catalogue.load(RESPONSES)
SATURDAY = datetime.fromisoformat("2026-11-21T15:00:00-05:00")


def plain(text: str) -> str:
    return " ".join(text.split())


def staffed(text: str) -> StaffedHours:
    return StaffedHours.parse(text, "America/Toronto")


@pytest.mark.parametrize(
    ("set_to", "english", "french"),
    [
        (
            "Mon-Fri 08:00-18:00; Sat 09:00-12:00",
            "Monday to Friday, 8:00 a.m. to 6:00 p.m.; Saturday, 9:00 a.m. to 12:00 p.m.",
            "du lundi au vendredi, de 8 h 00 à 18 h 00; le samedi, de 9 h 00 à 12 h 00",
        ),
        (
            "Mon,Wed,Sat-Sun 20:30-24:00",
            "Monday, Wednesday, Saturday to Sunday, 8:30 p.m. to midnight",
            "le lundi, le mercredi, du samedi au dimanche, de 20 h 30 à minuit",
        ),
        ("Fri-Thu 22:00-06:00", "every day, 10:00 p.m. to 6:00 a.m.", "tous les jours, de 22 h 00 à 6 h 00"),
    ],
)
def test_hours_are_said_as_people_say_them(set_to: str, english: str, french: str) -> None:
    assert plain(hours(staffed(set_to), WORDING, "en")) == english
    assert plain(hours(staffed(set_to), WORDING, "fr")) == french


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "p.m., and will read yours on Monday, November 23, 2026, 8:00 a.m. (Toronto time)."),
        ("fr", "18 h 00, et lira le vôtre le lundi 23 novembre 2026, 8 h 00 (heure de Toronto)."),
    ],
)
def test_outside_the_hours_it_is_said_when_somebody_reads_it(language: Language, words: str) -> None:
    said = plain(when_read(staffed("Mon-Fri 08:00-18:00"), SATURDAY, WORDING, language))
    assert words in said
    assert plain(hours(staffed("Mon-Fri 08:00-18:00"), WORDING, language)) in said


@pytest.mark.parametrize("set_to", ["", "Sat 14:00-16:00"])
def test_inside_the_hours_staff_see_it_now(set_to: str) -> None:
    assert when_read(staffed(set_to), SATURDAY, WORDING, "en") == WORDING.say("handoff.open", "en")
