"""Numbers that identify a person: where they stand, what they are, and that nobody is told which."""

from datetime import datetime

import pytest

from bot.formats import Language
from bot.nlu.entities import load_rules
from bot.nlu.private import ENTITIES, find_private
from bot.privacy.masking import MASK
from tests.nlu.marked import Mark, marked

NOW = datetime.fromisoformat("2026-11-21T12:00")
RULES = load_rules()

ENGLISH = """
passid [981234567](document_number)
my passid is [98 123 4567](document_number) what now
hi my number is [98 123 4567](document_number)
PASS ID [981-234-567](document_number) and i fly friday at 2 pm
pass id: [98 12 34 567](document_number)
here you go [981234567](document_number)
its [981 234 567](document_number), says so on my old card
PASSID#[981234567](document_number) can you look me up??
i think its [9 8 1 2 3 4 5 6 7](document_number)
my membership number is [102345678](document_number) and it expires in may
passid [nine eight one two three four five six seven](document_number)
application number [APP980001](document_number) submitted in june
application id [NX-2026-00123](document_number)
my aplication number: [GOES12345](document_number)
application no [A1B2C3D4](document_number) is still pending
file number [NX12AB34](document_number) please check it
passport [AB123456](document_number) is new do I tell them
my canadian passport is [P123456AA](document_number), old one was [GA302922](document_number)
us passport [A12345678](document_number)
passport no [567890123](document_number) usa
new passport number is [ab 123456](document_number)
permit [123456789](document_number)
SIN [046 454 286](document_number) if you need it
drivers licence [D1234-567890](document_number)
my pr card number [RA0302123456](document_number)
visa card [4111 1111 1111 1111](card_number) got charged 2 times
paid with [5500-0000-0000-0004](card_number)
call me at [604-555-0123](phone_number)
my cell is [6045550123](phone_number) thx
text [416.555.0199](phone_number) pls
you can reach me at [+1 (514) 555-0123](phone_number) after 5 pm
my number is [604 555 0123](phone_number)
is [1-800-842-7647](phone_number) the right line?
email [jeanne.tremblay@exemple.ca](email_address) thanks
jane dot smith isn't it, [jane@example.com](email_address)
born [March 14, 1985](birth_date)
i was born [14/03/1985](birth_date) in winnipeg
dob [1985-03-14](birth_date)
DOB [03/14/85](birth_date) passid [981234567](document_number)
my son's birthday is [May 3, 2024](birth_date) does he need an interview
date of birth [14 march 1985](birth_date) and i live in surrey
My PASSID is [•••••••••](document_number), where is my file?
passid [•••••••••](document_number), I fly friday
AC 8043 on 2026-11-27 at 14:30
flight WS1204 leaves yyc 27/11/2026 and back 04/12/2026
I fly December 3, 2026 at 6:40 am from gate 84
do I really pay 120 US or $160.50 for each of 4 people
is the price 100000 dollars lol
since 2019 I renewed in 2021 and again 2026
Monday to Friday 8:00 to 16:30, Saturday 9-12
open 0800-1630 on Nov 23?
centre 5020 or 14300?
room 204 terminal 3 row 23
my kids are 3, 7 and 12
I was born in 1985 in Ottawa
my card expires 2026-12-31
I applied March 2 2026
AC 8043, AC 8044 and AC 8045 leave at 0700, 0930 and 1145
• first • second • third
"""

FRENCH = """
passid [981234567](document_number)
mon passid est [98 123 4567](document_number) je fais quoi
bonjour mon numero est le [98 123 4567](document_number)
PASS ID [981-234-567](document_number) et je pars vendredi à 14 h
numéro passid : [98 12 34 567](document_number)
voici [981234567](document_number)
cest [981 234 567](document_number), écrit sur ma vieille carte
PASSID#[981234567](document_number) pouvez-vous me trouver??
je pense que c'est [9 8 1 2 3 4 5 6 7](document_number)
mon numéro de membre est [102345678](document_number), il expire en mai
passid [neuf huit un deux trois quatre cinq six sept](document_number)
numéro de demande [APP980001](document_number) soumise en juin
no de demande [NX-2026-00123](document_number)
mon numero de demande: [GOES12345](document_number)
numéro de dossier [A1B2C3D4](document_number) encore en attente
No de dossier : [NX12AB34](document_number) svp
mon passeport [AB123456](document_number) est nouveau, je le dis à qui
mon passeport canadien est [P123456AA](document_number), l'ancien [GA302922](document_number)
passeport américain [A12345678](document_number)
passeport no [567890123](document_number)
mon nouveau numéro de passeport est [ab 123456](document_number)
permis [123456789](document_number)
NAS [046 454 286](document_number) si besoin
permis de conduire [D1234-567890](document_number)
ma carte de rp numéro [RA0302123456](document_number)
carte visa [4111 1111 1111 1111](card_number) débitée 2 fois
payé avec [5500-0000-0000-0004](card_number)
appelez-moi au [604-555-0123](phone_number)
mon cell c'est [5145550123](phone_number) merci
textez [438.555.0199](phone_number) svp
on me rejoint au [+1 (514) 555-0123](phone_number) après 17 h
mon numéro est le [514 555 0123](phone_number)
le [1 800 842-7647](phone_number) est la bonne ligne?
mon courriel [jeanne.tremblay@exemple.ca](email_address) merci
écrivez à [léa@exemple.qc.ca](email_address)
né le [14 mars 1985](birth_date)
je suis née le [14/03/1985](birth_date) à winnipeg
ddn [1985-03-14](birth_date)
DDN [14/03/85](birth_date) passid [981234567](document_number)
la fête de mon fils, date de naissance [3 mai 2024](birth_date), doit-il passer une entrevue
date de naissance [14 mars 1985](birth_date), jhabite a laval
Mon PASSID est le [•••••••••](document_number), où en est mon dossier?
passid [•••••••••](document_number), je pars vendredi
AC 8043 le 2026-11-27 à 14 h 30
vol WS1204 départ yyc 27/11/2026 retour 04/12/2026
je pars le 3 décembre 2026 à 6 h 40 porte 84
est-ce que je paie 120 $ US ou 160,50 $ pour chacun des 4
ça coûte 100000 dollars mdr
depuis 2019, renouvelé en 2021 et en 2026
lundi au vendredi 8 h 00 à 16 h 30, samedi 9-12
ouvert 8h-16h30 le 23 novembre?
centre 5020 ou 14300?
salle 204 aérogare 3 rangée 23
mes enfants ont 3, 7 et 12 ans
je suis né en 1985 à Ottawa
ma carte expire le 2026-12-31
demande faite le 2 mars 2026
AC 8043, AC 8044 et AC 8045 partent à 7 h, 9 h 30 et 11 h 45
• un • deux • trois
"""


def check(text: str, language: Language, expected: list[Mark]) -> None:
    assert [Mark(each.entity, each.start, each.end) for each in find_private(text, NOW)] == expected
    everything = RULES.find(text, language, NOW)
    private = [each for each in everything if each.entity in ENTITIES.values()]
    assert [(each.start, each.end) for each in private] == [mark[1:] for mark in expected]
    assert all(each.value == MASK * (each.end - each.start) for each in private)
    assert not any(each.overlaps(other) for each in private for other in everything if other is not each)


@pytest.mark.parametrize(("text", "expected"), marked(ENGLISH))
def test_english(text: str, expected: list[Mark]) -> None:
    check(text, "en", expected)


@pytest.mark.parametrize(("text", "expected"), marked(FRENCH))
def test_french(text: str, expected: list[Mark]) -> None:
    check(text, "fr", expected)


def test_no_value_tells_a_digit() -> None:
    for text in ("passid 981234567, dob 1985-03-14, cell 604-555-0123", "PASSID ９８１２３４５６７"):
        found = RULES.find(text, "en", NOW)
        assert found
        assert not any(character.isdigit() for each in found for character in each.value)
