"""The two agencies by all the names travellers give them, and Canadians and Americans who are no agency."""

from datetime import datetime

import pytest

from bot.formats import Language
from bot.nlu.entities import load_rules
from tests.nlu.marked import Mark, marked

NOW = datetime.fromisoformat("2026-11-21T12:00")
RULES = load_rules()

ENGLISH = """
do I see [CBSA](CBSA) before or after [CBP](CBP)
[cbsa](CBSA) approved me, waiting on [cbp](CBP)
the [CBSA](CBSA)/[ASFC](CBSA) officer told me to ask you
[Canada Border Services](CBSA) never called me back
the [Canada Border Services Agency](CBSA) did my interview
[canadian border services](CBSA) said yes
[Canada border services agency](CBSA) then [US customs](CBP)
does the [Border Services Agency](CBSA) share it automatically
talked to [canada customs](CBSA) at pearson
[Canadian customs](CBSA) took my prints
a [Canadian customs officer](CBSA) stamped it
the [canadian side](CBSA) is done, what about the [american side](CBP)?
did the [Canadian one](CBSA) in october
finished the [canadian half](CBSA)
[Canadian part](CBSA) ok, [American part](CBP) pending
the [Canadian interview](CBSA) went fine
do the [canadian officers](CBSA) work on sundays
with the [Canadians](CBSA) at YVR last week
the [Canadians](CBSA) are done with me, now it's the [Americans](CBP)
where do I meet the [Americans](CBP) in Vancouver?
can I see the [american officer](CBP) before my flight
the [US side](CBP) wont book me
just the [us half](CBP) left
the [U.S. half](CBP) of it
I still need the [US one](CBP)
my [us interview](CBP) is what I ask about
[U.S. customs](CBP) at the airport
[us customs and border protection](CBP) office hours
[U.S. Customs and Border Protection](CBP) in YYC
[Customs and Border Protection](CBP) at pearson
[american customs](CBP) closed at 7
the [US border officers](CBP) at YYC
[us border agents](CBP) were rude
does [border protection](CBP) see my file
[U.S. officers](CBP) on canadian soil, is that legal
[CBP's](CBP) desk at Pearson
Is [C.B.P.](CBP) open, and [C.B.S.A.](CBSA)?
[csba](CBSA) interview booked
[cbsa's](CBSA) appointment page is down
i did my interveiw with teh [canadian border people](CBSA)
the [canadian portion](CBSA) was easy
[american bit](CBP) next
interview with the [americans](CBP) on friday?
the [Cdn side](CBSA) is done
mon entrevue avec l'[ASFC](CBSA) is done, and now?
I'm an American citizen living in Toronto
Canadian passport, US visa
does a US citizen need this
flying American Airlines 1123
my canadian passport expires
are Canadians allowed to renew online
can americans living in canada apply
is it only open to canadians
fee in canadian dollars or US dollars?
a custom car
customs duty on cheese
let us part ways
tell us one more time
can you give us part of it
help us side with you
us two are flying friday
american express accepted?
my US flight is tomorrow
the Canadian government website
the border is closed
how long is the wait at the canadian border
"""

FRENCH = """
je vois l'[ASFC](CBSA) avant ou après le [CBP](CBP)
l’[ASFC](CBSA) m'a approuvé, j'attends le [CBP](CBP)
[asfc](CBSA) faite, reste le [cbp](CBP)
l'agent de l'[ASFC](CBSA)/[CBSA](CBSA) m'a dit de vous écrire
l'[Agence des services frontaliers du Canada](CBSA) ne rappelle jamais
l'[agence des services frontaliers](CBSA) a fait mon entrevue
les [services frontaliers](CBSA) ont dit oui
les [services frontaliers du canada](CBSA) puis la [douane américaine](CBP)
les [douanes canadiennes](CBSA) ont pris mes empreintes
la [douane canadienne](CBSA) à Dorval
un [douanier canadien](CBSA) a estampillé
les [douaniers américains](CBP) sont où à YUL
les [douanes américaines](CBP) à Montréal
les [douanes americaines](CBP) ferment quand
les [douanes des États-Unis](CBP)
la [douane US](CBP) ouvre à quelle heure
le [côté canadien](CBSA) est fait, et le [côté américain](CBP)?
jai fait le [cote canadien](CBSA) en octobre
fini la [partie canadienne](CBSA)
[volet canadien](CBSA) ok, [volet américain](CBP) en attente
l'[entrevue canadienne](CBSA) s'est bien passée
les [agents canadiens](CBSA) travaillent-ils le dimanche
avec les [Canadiens](CBSA) à YVR la semaine passée
les [Canadiens](CBSA) ont fini, maintenant c'est les [Américains](CBP)
où rencontrer les [américains](CBP) à Vancouver?
puis-je voir l'[agent américain](CBP) avant mon vol
il manque juste la [partie américaine](CBP)
reste la [moitié américaine](CBP)
l'[entrevue américaine](CBP) avant le vol
mon [entrevue US](CBP) svp
l'[interview américaine](CBP) à dorval
les [agents américains](CBP) étaient impolis
les [officiers américains](CBP) au canada, c'est légal?
le [CBP](CBP) voit-il mon dossier
le bureau de la [CBP](CBP) à pearson
du [CBP](CBP) svp
le [U.S. Customs and Border Protection](CBP) à YUL
la [portion canadienne](CBSA) était facile
l'[étape américaine](CBP) ensuite
entrevue avec les [americains](CBP) vendredi?
celle des [Américains](CBP) se fait où
celle des [Canadiens](CBSA) est faite
mon rdv chez les [américains](CBP)
l'[A.S.F.C.](CBSA) et le [C.B.P.](CBP)
my [ASFC](CBSA) interview est faite
le [service des douanes et de la protection des frontières](CBP) des USA
je suis citoyenne américaine à Toronto
passeport canadien, visa américain
un citoyen américain doit-il en avoir un
je vole avec American Airlines 1123
mon passeport canadien expire
les Canadiens qui vivent aux États-Unis peuvent-ils renouveler
les Américains peuvent-ils faire une demande
en dollars canadiens ou américains?
une voiture de douane
les douanes et le fromage
déclarer à la douane
aux États-Unis vendredi
mon vol américain est demain
le gouvernement canadien
la frontière est fermée
résidente canadienne
American Express accepté?
"""


def found(text: str, language: Language) -> list[Mark]:
    return [Mark(e.value, e.start, e.end) for e in RULES.find(text, language, NOW) if e.entity == "agency"]


@pytest.mark.parametrize(("text", "expected"), marked(ENGLISH))
def test_english(text: str, expected: list[Mark]) -> None:
    assert found(text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), marked(FRENCH))
def test_french(text: str, expected: list[Mark]) -> None:
    assert found(text, "fr") == expected
