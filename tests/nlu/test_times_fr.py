"""Times as travellers write them in French. Now is Saturday, November 21, 2026, noon.

A mark says what is meant: a day, a day with its hour, an hour without a day, or `week`, `month` for a longer stretch.
"""

import pytest

from tests.nlu.marked import Mark, marked
from tests.nlu.times_found import found

TABLE = """
allo je pars [demain matin à 6h](2026-11-22 06:00) de vancouver
[demain 6h](2026-11-22 06:00) vol pour denver
[demain matin](2026-11-22) vers seattle
je pars [vendredi](2026-11-27) avec ma femme
[ce vendredi](2026-11-27) YUL-BOS
[vendredi prochain](2026-11-27) je vais a vegas
mon vol est [mardi en huit](2026-12-01)
[dans trois jours](2026-11-24) je vole
vol [dans 2 heures](2026-11-21 14:00), au secours
vol [dans 45 minutes](2026-11-21 12:45)
[dans deux semaines](2026-12-05) vers orlando
je pars [le 4 décembre à 9 h](2026-12-04 09:00) et je reviens le 7
aller [vendredi](2026-11-27), retour dimanche
je rentre [vendredi](2026-11-27)
[vendredi à 2 pm](2026-11-27 14:00) de YYZ
[le 3 décembre à 9:30 am](2026-12-03 09:30)
[12 pm](12:00), pas [2am](02:00)
[après-demain](2026-11-23)
[apres-demain a 6h40](2026-11-23 06:40)
[apres demain](2026-11-23) on part
[le 3 décembre à 14 h 30](2026-12-03 14:30) YVR-SEA
[le 3 decembre a 14h30](2026-12-03 14:30)
[3 déc. 14h](2026-12-03 14:00) dorval
[jeudi 3 décembre](2026-12-03) AC 8043
[le jeudi 3 décembre 2026 à 6 h 40](2026-12-03 06:40)
[le 3](2026-12-03) à YUL
[le 1er décembre au matin](2026-12-01)
[jeudi à 7h](2026-11-26 07:00) yyz
[jeudi vers 7 heures](2026-11-26 07:00)
[lundi à midi](2026-11-23 12:00) environ
[mardi à minuit](2026-11-24 00:00)
[à 6h40 du matin](06:40), trop tot?
à l'aéroport [à 14:30](14:30)
embarquement [à 5 h 45](05:45) porte 52
ca part [à 20h](20:00)
[ce soir à 21h](2026-11-21 21:00) de yow
[ce soir](2026-11-21) pour LAX
[aujourd'hui à 17 h](2026-11-21 17:00)
[aujourdhui](2026-11-21) meme
[mardi prochain à 17h30](2026-11-24 17:30)
[mardi 8 décembre à 9h10](2026-12-08 09:10)
[entre 14h et 16h demain](2026-11-22) je pense
[demain entre 6h et 8h](2026-11-22)
[vendredi entre 14 h et 16 h](2026-11-27)
[vendredi après-midi](2026-11-27) vers boston
[dimanche soir](2026-11-22) retour
[lundi matin](2026-11-23) tot
[la veille de Noël](2026-12-24)
à [Noël](2026-12-25)
[le jour de l'an](2027-01-01)
j'ai fait la partie canadienne [hier](2026-11-20)
ASFC [le 5 novembre](2026-11-05) à ottawa
fait [lundi dernier](2026-11-16)
jai fait ca [il y a 3 semaines](2026-10-31)
[la semaine prochaine](week) a seattle
[le mois prochain](month) on va en floride
[en janvier](month) à maui
[2026-12-03](2026-12-03)?
[03/12/2026](2026-12-03) à Montréal
[le 3/12 à 14h](2026-12-03 14:00)
[mer 2 déc 16h15](2026-12-02 16:15)
[sam](2026-11-28) ou [dim](2026-11-22)?
AC 8043 [ven 14h](2026-11-27 14:00)
[le lendemain](2026-11-22) aussi
[vendredi à quinze heures](2026-11-27 15:00)
[midi et demi vendredi](2026-11-27 12:30)
j'ai été approuvé
ça a été fait
il a ete refuse
ma deuxième entrevue
la seconde partie
ça a pris 3 heures
j'ai attendu 45 minutes en ligne
valide 5 ans
2 heures avant le vol?
mes enfants ont 7 et 9 ans
salle 12, porte 7
est-ce 120 maintenant
un de nous
une fois la partie faite
mon mari et moi
un an de plus
bonne journée
ouvert de 8 h à 16 h
est-ce que ça se fait en 2 heures
j'ai besoin de 2 heures
2 heures de retard
bon matin
bonsoir, petite question
bonne fin de semaine
tous les jours
le premier arrivé
mon vol, ma mer, mes sous
par mer ou par terre
"""


@pytest.mark.parametrize(("text", "expected"), marked(TABLE))
def test_french(text: str, expected: list[Mark]) -> None:
    assert found(text, "fr") == expected
