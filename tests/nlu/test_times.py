"""Times in messages: what is found, where, what it means and how exact it is. Now is Saturday, November 21, 2026, noon.

A row: the message, then each time in it as `words = value grain`; of a clock time only the hour means something.
"""

from datetime import datetime, timedelta

import pytest

from bot.formats import Language
from bot.nlu.times import find_times
from tests.nlu.tables import rows

NOW = datetime.fromisoformat("2026-11-21T12:00")

ENGLISH = """
my flight leaves in 2 hours | in 2 hours = 2026-11-21T14:00 minute
Friday at 7 | Friday at 7 = 2026-11-27T07:00 minute
on Friday at 6 | on Friday at 6 = 2026-11-27T06:00 minute
at 02:30 | at 02:30 = 02:30 clock
Friday at 1:30 am | Friday at 1:30 am = 2026-11-27T01:30 minute
8 in the morning | 8 in the morning = 08:00 clock
two o'clock | two o'clock = 14:00 clock
😀 Friday at 2 pm | Friday at 2 pm = 2026-11-27T14:00 minute
Can I do it on Friday at 2 pm | on Friday at 2 pm = 2026-11-27T14:00 minute
my flight is on Friday at 2 | on Friday at 2 = 2026-11-27T14:00 minute
next Friday at 6:40 am | next Friday at 6:40 am = 2026-11-27T06:40 minute
tomorrow at noon | tomorrow at noon = 2026-11-22T12:00 minute
tomorrow morning | tomorrow morning = 2026-11-22T00:00 day
tonight | tonight = 2026-11-21T18:00 day
today at 5pm | today at 5pm = 2026-11-21T17:00 minute
December 3 at 6:40 | December 3 at 6:40 = 2026-12-03T06:40 minute
Dec 3rd at 6:40 am | Dec 3rd at 6:40 am = 2026-12-03T06:40 minute
on 3 December 2026 at 14:30 | on 3 December 2026 at 14:30 = 2026-12-03T14:30 minute
2026-12-03 | 2026-12-03 = 2026-12-03T00:00 day
2026-12-03 at 06:40 | 2026-12-03 at 06:40 = 2026-12-03T06:40 minute
12/03/2026 | 12/03/2026 = 2026-12-03T00:00 day
the 3rd of December | the 3rd of December = 2026-12-03T00:00 day
at 2 pm | at 2 pm = 14:00 clock
2pm | 2pm = 14:00 clock
at 14:30 | at 14:30 = 14:30 clock
noon | noon = 12:00 clock
in two weeks | in two weeks = 2026-12-05T00:00 day
in 3 days | in 3 days = 2026-11-24T12:00 day
next week | next week = 2026-11-23T00:00 week
next month | next month = 2026-12-01T00:00 month
in January | in January = 2027-01-01T00:00 month
on Monday | on Monday = 2026-11-23T00:00 day
this Sunday evening | this Sunday evening = 2026-11-22T18:00 day
after 5 pm on Tuesday | after 5 pm on Tuesday = 2026-11-24T17:00 day
last Friday | last Friday = 2026-11-20T00:00 day
yesterday | yesterday = 2026-11-20T00:00 day
two weeks ago | two weeks ago = 2026-11-07T00:00 day
I did the Canadian one last week | last week = 2026-11-09T00:00 week
I was interviewed on November 10 | on November 10 = 2026-11-10T00:00 day
I fly on the 28th | on the 28th = 2026-11-28T00:00 day
the day after tomorrow at 7 am | the day after tomorrow at 7 am = 2026-11-23T07:00 minute
a week from Friday | a week from Friday = 2026-12-04T00:00 day
Christmas Eve | Christmas Eve = 2026-12-24T00:00 day
New Year's Day | New Year's Day = 2027-01-01T00:00 day
half past six tomorrow | half past six tomorrow = 2026-11-22T06:30 minute
quarter to seven on Friday | quarter to seven on Friday = 2026-11-27T06:45 minute
at 7 | at 7 = 07:00 clock
Fri 2pm | Fri 2pm = 2026-11-27T14:00 minute
fri at 2:15 pm | fri at 2:15 pm = 2026-11-27T14:15 minute
I may fly second class in the fall |
I now have one |
in March | in March = 2027-03-01T00:00 month
at 6 in the morning on Friday | at 6 in the morning on Friday = 2026-11-27T06:00 minute
6 o'clock | 6 o'clock = 06:00 clock
it took 3 hours |
for 15 minutes |
5 years |
the next flight at 9:05 p.m. on Dec 31 | at 9:05 p.m. on Dec 31 = 2026-12-31T21:05 minute
Flight AC 8095 on Friday | on Friday = 2026-11-27T00:00 day
Saturday | Saturday = 2026-11-28T00:00 day
before Friday |
Friday the 27th | Friday the 27th = 2026-11-27T00:00 day
November 27, 2026, 2:00 p.m. | November 27, 2026, 2:00 p.m. = 2026-11-27T14:00 minute
at midnight on Thursday | at midnight on Thursday = 2026-11-26T00:00 minute
day after tomorrow | day after tomorrow = 2026-11-23T00:00 day
thanksgiving | thanksgiving = 2027-10-11T00:00 day
in 90 minutes | in 90 minutes = 2026-11-21T13:30 minute
now |
may |
today | today = 2026-11-21T00:00 day
this afternoon | this afternoon = 2026-11-21T12:00 day
this morning | this morning = 2026-11-21T00:00 day
Thursday at 1:30 | Thursday at 1:30 = 2026-11-26T13:30 minute
17h45 | 17h45 = 17:45 clock
a 5h50 | 5h50 = 05:50 clock
7 h 15 | 7 h 15 = 07:15 clock
mon vol vendredi à 17h45 | vendredi à 17h45 = 2026-11-27T17:45 minute
from YVR to LAX le 2 decembre at 10am | le 2 decembre = 2026-12-02T00:00 day; 10am = 10:00 clock
it took 1h30 |
"""

FRENCH = """
je pars friday at 3pm | friday at 3pm = 2026-11-27T15:00 minute
mon vol est tomorrow à 17h45 | tomorrow = 2026-11-22T00:00 day; 17h45 = 17:45 clock
ça dure 1h30 |
mon vol part dans deux heures | dans deux heures = 2026-11-21T14:00 minute
la veille du jour de l'An | la veille du jour de l'An = 2026-12-31T00:00 day
midi et demi vendredi | midi et demi vendredi = 2026-11-27T12:30 minute
le 3/12 à 14h | le 3/12 à 14h = 2026-12-03T14:00 minute
vendredi à 6h | vendredi à 6h = 2026-11-27T06:00 minute
vendredi à 6:40 | vendredi à 6:40 = 2026-11-27T06:40 minute
à 7 heures | à 7 heures = 07:00 clock
vers 18h | vers 18h = 18:00 clock
😀 vendredi à 14 h | vendredi à 14 h = 2026-11-27T14:00 minute
12 décembre 7 h 05 | 12 décembre 7 h 05 = 2026-12-12T07:05 minute
vendredi à 14 h | vendredi à 14 h = 2026-11-27T14:00 minute
vendredi à 14h30 | vendredi à 14h30 = 2026-11-27T14:30 minute
vendredi à 14 h 30 | vendredi à 14 h 30 = 2026-11-27T14:30 minute
à 6 h 40 le 3 décembre | à 6 h 40 le 3 décembre = 2026-12-03T06:40 minute
le 3 décembre à 6 h 40 | le 3 décembre à 6 h 40 = 2026-12-03T06:40 minute
le 3 decembre a 6h40 | le 3 decembre a 6h40 = 2026-12-03T06:40 minute
le 3 décembre 2026 à 14:30 | le 3 décembre 2026 à 14:30 = 2026-12-03T14:30 minute
demain à midi | demain à midi = 2026-11-22T12:00 minute
demain après-midi | demain après-midi = 2026-11-22T12:00 day
ce soir | ce soir = 2026-11-21T18:00 day
aujourd'hui à 17 h | aujourd'hui à 17 h = 2026-11-21T17:00 minute
à 14 h | à 14 h = 14:00 clock
14h30 | 14h30 = 14:30 clock
14 h 30 | 14 h 30 = 14:30 clock
midi | midi = 12:00 clock
dans deux semaines | dans deux semaines = 2026-12-05T00:00 day
dans 3 jours | dans 3 jours = 2026-11-24T12:00 day
la semaine prochaine | la semaine prochaine = 2026-11-23T00:00 week
le mois prochain | le mois prochain = 2026-12-01T00:00 month
en janvier | en janvier = 2027-01-01T00:00 month
lundi | lundi = 2026-11-23T00:00 day
lundi prochain | lundi prochain = 2026-11-23T00:00 day
dimanche soir | dimanche soir = 2026-11-22T18:00 day
après 17 h mardi | après 17 h mardi = 2026-11-24T17:00 day
vendredi dernier | vendredi dernier = 2026-11-20T00:00 day
hier | hier = 2026-11-20T00:00 day
il y a deux semaines | il y a deux semaines = 2026-11-07T00:00 day
la semaine dernière | la semaine dernière = 2026-11-09T00:00 week
le 10 novembre | le 10 novembre = 2026-11-10T00:00 day
le 28 | le 28 = 2026-11-28T00:00 day
après-demain à 7 h | après-demain à 7 h = 2026-11-23T07:00 minute
vendredi en huit | vendredi en huit = 2026-12-04T00:00 day
la veille de Noël | la veille de Noël = 2026-12-24T00:00 day
le jour de l'An | le jour de l'An = 2027-01-01T00:00 day
à Noël | Noël = 2026-12-25T00:00 day
vendredi vers 14 h | vendredi vers 14 h = 2026-11-27T14:00 minute
à 2 heures de l'après-midi | à 2 heures de l'après-midi = 14:00 clock
à 7 heures du matin vendredi | à 7 heures du matin vendredi = 2026-11-27T07:00 minute
le 1er décembre | le 1er décembre = 2026-12-01T00:00 day
1er décembre à 9 h | 1er décembre à 9 h = 2026-12-01T09:00 minute
le partage a été fait |
mon dossier a été transmis |
trois heures avant |
en 15 minutes |
5 ans |
samedi | samedi = 2026-11-28T00:00 day
ce samedi à 17 h | ce samedi à 17 h = 2026-11-28T17:00 minute
avant vendredi |
d'ici vendredi | vendredi = 2026-11-27T00:00 day
vendredi le 27 | vendredi le 27 = 2026-11-27T00:00 day
vendredi 27 novembre 2026 à 14 h 00 | vendredi 27 novembre 2026 à 14 h 00 = 2026-11-27T14:00 minute
à minuit jeudi | à minuit jeudi = 2026-11-26T00:00 minute
maintenant |
mars |
quelle partie vient en premier? |
le premier décembre | le premier décembre = 2026-12-01T00:00 day
le 3 mars | le 3 mars = 2027-03-03T00:00 day
jeudi à 1 h 30 | jeudi à 1 h 30 = 2026-11-26T01:30 minute
cet après-midi | cet après-midi = 2026-11-21T12:00 day
vendredi, 14 h | vendredi, 14 h = 2026-11-27T14:00 minute
vol AC 8095 vendredi | vendredi = 2026-11-27T00:00 day
2026-12-03 | 2026-12-03 = 2026-12-03T00:00 day
le 03/12/2026 | le 03/12/2026 = 2026-12-03T00:00 day
03-12-2026 | 03-12-2026 = 2026-12-03T00:00 day
demain | demain = 2026-11-22T00:00 day
aujourd'hui | aujourd'hui = 2026-11-21T00:00 day
vendredi 14h | vendredi 14h = 2026-11-27T14:00 minute
à 6h | à 6h = 06:00 clock
le vol de 6 h 40 vendredi | 6 h 40 vendredi = 2026-11-27T06:40 minute
"""


def found(text: str, language: Language, now: datetime = NOW) -> list[str]:
    return [
        f"{text[t.start : t.end]} = {t.value.strftime('%H:%M' if t.grain == 'clock' else '%Y-%m-%dT%H:%M')} {t.grain}"
        for t in find_times(text, language, now)
    ]


@pytest.mark.parametrize(("text", "expected"), rows(ENGLISH))
def test_english(text: str, expected: list[str]) -> None:
    assert found(text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), rows(FRENCH))
def test_french(text: str, expected: list[str]) -> None:
    assert found(text, "fr") == expected


@pytest.mark.parametrize("hour", [0, 3, 9, 15, 20, 23])
@pytest.mark.parametrize(
    ("language", "text", "clock"),
    [("en", "at 7", "07:00"), ("en", "at 2", "14:00"), ("fr", "à 6 h 40", "06:40"), ("fr", "à 18 h", "18:00")],
)
def test_a_bare_hour_means_the_same_whenever_it_is_said(hour: int, language: Language, text: str, clock: str) -> None:
    assert found(text, language, NOW.replace(hour=hour)) == [f"{text} = {clock} clock"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "this weekend"),
        ("en", "by Friday"),
        ("fr", "cet été"),
        ("fr", "en fin de semaine"),
    ],
)
def test_a_stretch_of_days_is_no_day_of_travel(language: Language, text: str) -> None:
    assert {time.grain for time in find_times(text, language, NOW)} <= {"week"}


def test_the_day_is_said_and_the_minute_is_not() -> None:
    for text, language in (("tomorrow morning", "en"), ("demain matin", "fr")):
        (time,) = find_times(text, language, NOW)  # type: ignore[arg-type]
        assert (time.value.date(), time.grain) == ((NOW + timedelta(days=1)).date(), "day")


def test_mon_is_no_monday_in_a_french_message_taken_for_english() -> None:
    assert find_times("mon vol vers Seattle", "en", NOW) == []
    assert [t.value.day for t in find_times("mon 2pm", "en", NOW)] == [23]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("what about Saturday morning", "en", "2026-11-28T00:00 day"),
        ("Saturday at 2 pm", "en", "2026-11-28T14:00 minute"),
        ("samedi à 14 h", "fr", "2026-11-28T14:00 minute"),
        ("Saturday at 9 pm", "en", "2026-11-21T21:00 minute"),
        ("samedi soir", "fr", "2026-11-21T18:00 day"),
        ("today at 2 pm", "en", "2026-11-21T14:00 minute"),
        ("Saturday Nov 21 at 2 pm", "en", "2026-11-21T14:00 minute"),
        ("this morning", "en", "2026-11-21T00:00 day"),
    ],
)
def test_on_a_saturday_evening_the_hour_of_a_saturday_that_is_over_is_the_next_ones(
    text: str, language: Language, expected: str
) -> None:
    [time] = found(text, language, NOW.replace(hour=19, minute=47))
    assert time.split(" = ")[1] == expected
