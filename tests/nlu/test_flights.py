"""Flight numbers: designators and carriers' names as travellers type them, and what only looks like one."""

import pytest

from bot.nlu.flights import find_flights
from bot.nlu.patterns import load_patterns
from bot.nlu.plain import plain
from tests.nlu.marked import Mark, marked

ENGLISH = """
Hi, I'm on [AC 8043](AC 8043) to Seattle next Tuesday, can I do the CBP bit there
[WS1204](WS 1204) calgary to denver
my flight is [DL 2211](DL 2211) out of yvr at 6 in the morning
flight [dl2211](DL 2211) from vancouver
booked on [ac8043](AC 8043) and then [ac550](AC 550) to lax
is [AC-8043](AC 8043) ok for the us interview?
I fly [AC0843](AC 843) on the 3rd
[WS 00047](WS 47), does it leave from the US departures area?
[ua 8211](UA 8211) operated by air canada i think
[Air Canada 8043](AC 8043) to Portland
were on [air canada 8043](AC 8043) me and my wife
[Air Canada flight 8043](AC 8043), Friday morning
[Air Canada flight number 8043](AC 8043) please
[Porter 2451](PD 2451) from Billy Bishop
so I've got [porter flight 2451](PD 2451) friday
[WestJet 1204](WS 1204) at 14:30
[westjet flt 1204](WS 1204)
[Delta 2211](DL 2211) to minneapolis, is that precleared?
[United 455](UA 455) YYZ to ORD
[united airlines 455](UA 455) yyz ord
[American 1123](AA 1123) to Dallas tomorrow
[American Airlines flight 1123](AA 1123)
[Alaska 2310](AS 2310) to Seattle, 7am
[alaska airlines 2310](AS 2310) leaves vancouver at 7
[Flair 801](F8 801) to vegas
[F8 801](F8 801) to vegas
[f8801](F8 801) to vegas
[Air Transat 684](TS 684) to Fort Lauderdale
[TS684](TS 684) in january
travelling on flight [2211 with Delta](DL 2211) next week
it's [8043 with Air Canada](AC 8043)
i have flight [455 on United](UA 455) then a connection
confirmation says [AC 8043](AC 8043), seat 23A, gate E84
my ticket says [AA1123](AA 1123)/[AA 88](AA 88)
[AS 1043](AS 1043) from Kelowna
flight [as 1043](AS 1043) from kelowna
[PD 2451](PD 2451)?
Flight [AC 8](AC 8) on Monday
it's the 7am one, [ws1502](WS 1502)!!
My flight, [AC 8043](AC 8043), leaves at 8:05 from gate 52
[QK 8043](QK 8043) which is jazz
[airtransat 684](TS 684) from yul
[B6 1234](B6 1234) new york
flight is [AC#8043](AC 8043)
flying [aircanada 8043](AC 8043) sunday
it was AC 20 degrees in there
the AC was at 18 C at my hotel
I need 2 hours
room AC 12 on the second floor
gate B6 or gate F8 at Pearson
gate F8 12
do I need a B2 visa?
form I 94 and form I-193
centre 5020 in Vancouver
as 2 of us are minors
as 100 people before me said
the fee is US 120 or CA 160
$50 on Dec 3, 2026 at 6:40
Air Canada flight on Friday at 2
my air canada flight 2 hours late
westjet 6:40 am to denver
westjet 6am
delta 3rd december
air canada 12/03
American 2026 rules
moving to Alaska 2027
I'm United 2 times delayed
Air Canada 250 dollars more
leave as 6 am
AC 80951
seat 12A row 23 on tuesday
Air Canada 1 bag free?
terminal 3 gate 52 yyz
ac 2 pm
PASSID 981234567
flying out december 3 2026 on american
"""

FRENCH = """
bonjour, je prends le vol [AC8043](AC 8043) pour Seattle mardi prochain
[WS1204](WS 1204) calgary denver
mon vol c'est le [DL 2211](DL 2211) à partir de Vancouver
vol [dl2211](DL 2211) depuis vancouver
je suis sur le [ac8043](AC 8043) puis le [ac550](AC 550) vers los angeles
le [AC-8043](AC 8043) est-il correct pour l'entrevue américaine?
je prends le [AC0843](AC 843) le 3
vol no [AC 8043](AC 8043) svp
vol numéro [WS 0047](WS 47)
[ua 8211](UA 8211) opéré par air canada je crois
[Air Canada 8043](AC 8043) vers Portland
on est sur [air canada 8043](AC 8043) moi et ma femme
vol [Air Canada 8043](AC 8043), vendredi matin
le vol [8043 d'Air Canada](AC 8043)
le vol [8043 d’air canada](AC 8043) demain
le vol numéro [8043 d'Air Canada](AC 8043)
jai le vol [8043 avec air canada](AC 8043) demain
[Porter 2451](PD 2451) à partir de Billy Bishop
j'ai un vol [Porter 2451](PD 2451) vendredi
[WestJet 1204](WS 1204) à 14 h 30
[westjet vol 1204](WS 1204)
[Delta 2211](DL 2211) vers minneapolis, y a-t-il précontrôle?
[United 455](UA 455) YYZ à ORD
[united airlines 455](UA 455) demain
[American 1123](AA 1123) pour Dallas demain
vol [American Airlines 1123](AA 1123)
[Alaska 2310](AS 2310) pour Seattle, 7 h
[alaska airlines 2310](AS 2310) part de vancouver à 7 h
[Flair 801](F8 801) pour vegas
[F8 801](F8 801) pour vegas
[f8801](F8 801) vers vegas
[Air Transat 684](TS 684) pour Fort Lauderdale
le vol d'[Air Transat 684](TS 684)
[TS684](TS 684) en janvier
ma confirmation dit [AC 8043](AC 8043), siège 23A, porte E84
mon billet dit [AA1123](AA 1123)/[AA 88](AA 88)
vol [as 1043](AS 1043) de kelowna
[PD 2451](PD 2451)?
Le vol [AC 8](AC 8) lundi
c'est celui de 7h, [ws1502](WS 1502)!!
Mon vol, le [AC 8043](AC 8043), part à 8 h 05 de la porte 52
[AC 8043](AC 8043) de 7 h
[airtransat 684](TS 684) de dorval
l'[AC8043](AC 8043) de mardi
le [2211 de Delta](DL 2211)
il faisait AC 20 degrés
j'ai besoin de 2 heures
chambre AC 12 au deuxième
porte B6 ou porte F8 à Pearson
porte F8 12
faut-il un visa B2?
formulaire I 94 et formulaire I-193
centre 5020 à Vancouver
tu as 2 valises et moi 3
tu as 100 personnes devant toi
ça coûte US 120 ou CA 160
50 $ le 3 décembre 2026 à 6 h 40
mon vol Air Canada vendredi à 14 h
mon vol air canada a 2 heures de retard
vol air canada 2 heures de retard
westjet 6h40 vers denver
westjet 6 h
delta 3 décembre
vol delta le 3 decembre 2026
règles American 2026
Air Canada 250 dollars de plus
Air Canada 250 $ de plus
AC 80951
siège 12A rangée 23 mardi
Air Canada 1 bagage gratuit?
aérogare 3 porte 52 yyz
ac 14 h
NUMÉRO PASSID 981234567
je vais en Alaska 2027
"""


def found(text: str) -> list[Mark]:
    return [Mark(each.value, each.start, each.end) for each in find_flights(plain(text), load_patterns().carriers)]


@pytest.mark.parametrize(("text", "expected"), marked(ENGLISH))
def test_english(text: str, expected: list[Mark]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), marked(FRENCH))
def test_french(text: str, expected: list[Mark]) -> None:
    assert found(text) == expected
