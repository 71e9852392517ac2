"""Airports in messages: codes, names and what people call them, in the words around them."""
# ruff: noqa: E501 - a sentence is a line

import pytest

from bot.nlu.found import Found
from tests.nlu.place_tables import bare, find
from tests.nlu.tables import marked

ENGLISH = """
hey I'm flying out of [Pearson](airport:YYZ origin) on Saturday morning, is the NEXUS thing open then?
i go [yvr](airport:YVR origin) to [lax](airport:LAX destination) next week can i do the american interview
Is there a CBP desk at [YYC](airport:YYC at) for conditionally approved people?
We leave from [Trudeau](airport:YUL origin) at 6 am, will anyone be there that early
My wife is already through security at [Dorval](airport:YUL at) lol
[Billy Bishop](airport:YTZ) has preclearance now right??
Porter from [Toronto Island](airport:YTZ origin) into [Newark Liberty](airport:EWR destination)
what about the [island airport](airport:YTZ), do they do interviews
flying [Halifax Stanfield](airport:YHZ origin) to [Boston Logan](airport:BOS destination) on the 5th
I'm at [Stanfield](airport:YHZ at) right now and nobody knows where to send me
landing at [O'Hare](airport:ORD destination) at 9:40
my connection is through [OHare](airport:ORD via), does that matter
arriving at [LaGuardia](airport:LGA destination) on Sunday from [Ottawa airport](airport:YOW origin)
from [YOW](airport:YOW origin) to [DCA](airport:DCA destination) with Air Canada
Do I clear U.S. customs in [Macdonald-Cartier](airport:YOW at) or in [Dulles](airport:IAD at)?
I fly to [SEA](airport:SEA destination) not to the sea ;)
[YYZ](airport:YYZ origin)-[EWR](airport:EWR destination) Dec 4 9:15
[YEG](airport:YEG origin) → [MSP](airport:MSP via) → [MCO](airport:MCO destination)?? whatever the codes are
my flight leaves [Winnipeg airport](airport:YWG origin) around noon
terminal 1 at [Lester B. Pearson](airport:YYZ at)
Flying into [JFK](airport:JFK destination) from [P.E.T.](airport:YUL origin), return the Monday after
[Vancouver International](airport:YVR) interview hours please
they told me at [pearson airport](airport:YYZ at) that CBP was on lunch
does [Pierre Elliott Trudeau](airport:YUL) airport do both parts
Heading to [Sky Harbor](airport:PHX destination) for golf from [Edmonton International](airport:YEG origin)
from [sfo](airport:SFO origin) back to [yvr](airport:YVR destination) on the 12th
what if my plane goes to [Heathrow](airport:LHR destination) instead
connecting at [Charles de Gaulle](airport:CDG via) to Africa somewhere
I will land in [SeaTac](airport:SEA destination) late
a stopover at [Detroit Metro](airport:DTW via) on Delta
can i do it at [YHZ](airport:YHZ at), I live an hour away
does [YQB](airport:YQB) have preclearance yet
[Jean Lesage](airport:YQB) is closer to me than [Dorval](airport:YUL)
we always fly out of [Abbotsford airport](airport:YXX origin) with Flair
YES I WILL BE AT [PEARSON](airport:YYZ at) ON THE 3RD
THE AGENT AT [YVR](airport:YVR at) TOLD ME TO ASK YOU
is the one at [Toronto Pearson](airport:YYZ at) by appointment only
I booked [YUL](airport:YUL origin)/[FLL](airport:FLL destination) for February
[Reagan](airport:DCA) or [Dulles](airport:IAD), same thing for you I guess
got sent to [Calgary airport](airport:YYC destination) for fingerprints
my boarding pass says [YYZ](airport:YYZ) T1 gate F62
I use Hobby Lobby gift cards, can I pay the fee with that
Pearson's textbook says otherwise, ha: I mean [Pearson](airport:YYZ) the airport
flight WS1520 [yyc](airport:YYC origin) to [den](airport:DEN destination) at seven
Justin Trudeau should fix this system
Nice to meet you, I was in line for an hour and my mobile died
I was reading that you can do it before the flight now, is that for real
FYI the FAQ says ETA and PIN are not the same
[Logan](airport:BOS destination)-bound on the 9th from [Billy Bishop airport](airport:YTZ origin)
Flight from [Toronto Pearson](airport:YYZ origin) ([YYZ](airport:YYZ origin)) to [New York](city:New York destination) [LaGuardia](airport:LGA destination) on Nov 28
FROM: [YYZ](airport:YYZ origin) TO: [MIA](airport:MIA destination)
THIS IS A BIG FAT MISTAKE AND YOU CAN SIT ON IT
is there GST or HST on the fee, and where do I put my SIN
[Toronto](city:Toronto origin) ([YYZ](airport:YYZ origin)) to [Portland](city:Portland (Maine) destination) ([PWM](airport:PWM destination))
[London](city:London origin) [Heathrow](airport:LHR origin) to [Toronto](city:Toronto via) then [Toronto](city:Toronto via) to [Chicago](city:Chicago destination) next day
[yyz](airport:YYZ) at 9 or so, into [bos](airport:BOS destination) by eleven
"""

FRENCH = """
je pars de [Pearson](airport:YYZ origin) samedi matin, est-ce que le bureau du CBP est ouvert
Bonjour, je décolle de [Montréal-Trudeau](airport:YUL origin) à 6 h, y aura-t-il quelqu'un si tôt?
[dorval](airport:YUL) ils font tu les deux entrevues
de [yul](airport:YUL origin) à [lax](airport:LAX destination) avec air canada
Mon conjoint a fait la sienne à [YVR](airport:YVR at) en mars
est-ce que l'[aéroport Billy-Bishop](airport:YTZ) a le précontrôle maintenant?
porter au départ de [l'île de Toronto](airport:YTZ origin) vers [Newark Liberty](airport:EWR destination)
on part de l'[aéroport de Québec](airport:YQB origin) donc pas de précontrôle j'imagine
[Jean-Lesage](airport:YQB) est plus proche de chez nous que [Dorval](airport:YUL)
jatterris a [ohare](airport:ORD destination) vers 9h
J'ai une correspondance à [O’Hare](airport:ORD via), ça change quelque chose?
J'arrive à [LaGuardia](airport:LGA destination) dimanche, départ d'[Ottawa](city:Ottawa origin)
vol [YUL](airport:YUL origin)-[EWR](airport:EWR destination) le 4 décembre
[YOW](airport:YOW origin) → [DCA](airport:DCA destination) avec escale?
mon avion quitte l'[aéroport d'Halifax](airport:YHZ origin) à midi
Je suis à [Stanfield](airport:YHZ at) présentement et personne ne sait où m'envoyer
à [pearson](airport:YYZ at) ils mont dit que le cbp était parti diner
l'[aeroport pierre elliott trudeau](airport:YUL) fait il les deux parties
je vais à [JFK](airport:JFK destination) pas à [La Guardia](airport:LGA at)
Peut-on faire l'entrevue à [YHZ](airport:YHZ at) sans rendez-vous?
Vol pour [Roissy](airport:CDG destination) depuis [YUL](airport:YUL origin), ça compte?
je transite par [Heathrow](airport:LHR via)
nous partons de l'[aéroport de Vancouver](airport:YVR origin) mardi
L'aérogare 1 de [Toronto-Pearson](airport:YYZ), c'est bien là?
le bureau à l'[aéroport d'Edmonton](airport:YEG at) est fermé la fin de semaine?
Est-ce que [YQB](airport:YQB) a le précontrôle?
jai reservé [YUL](airport:YUL origin)/[FLL](airport:FLL destination) pour fevrier
JE SERAI À [DORVAL](airport:YUL at) LE 3
LE DOUANIER DE [YUL](airport:YUL) M'A DIT DE VOUS ÉCRIRE
jarrive a [cdg](airport:CDG destination) le lendemain
On atterrit à [Dulles](airport:IAD destination), puis on loue une voiture
je passe par [Trudeau](airport:YUL via) pour aller au soleil
mon départ est à l'[aéroport de Calgary](airport:YYC at), porte D
à partir de l'[aéroport international d'Ottawa](airport:YOW origin) c'est possible?
[Saint-Hubert](airport:YHU) a des vols pour les États maintenant?
mon fils part de l'[aéroport de Winnipeg](airport:YWG origin) tout seul, il a 15 ans
le vol retour de [SFO](airport:SFO origin) à [YVR](airport:YVR destination)
c'est marqué [YYZ](airport:YYZ) T1 sur ma carte d'embarquement
le gouvernement Trudeau devrait régler ça
las d'attendre, je voudrais parler à quelqu'un
mon mobile est mort dans la file, c'est nice ça
la mer (the sea) est loin d'ici haha
est-ce que le RDV est EST ou HNE comme heure
mon vol [yyz](airport:YYZ origin) a [sea](airport:SEA destination) est jeudi
Je m'envole de [Trudeau](airport:YUL origin) vers [Boston-Logan](airport:BOS destination)
le comptoir de l'[aéroport de l'île](airport:YTZ), il ouvre à quelle heure?
De : [YUL](airport:YUL origin)  À : [MIA](airport:MIA destination)
faut-il payer la TPS et la TVQ sur les frais, et mon NAS
je pars de [Pearson](airport:YYZ origin) à [Toronto](city:Toronto at)
jpars de [yul](airport:YUL origin) a 14h pour [ewr](airport:EWR destination)
"""


@pytest.mark.parametrize(("text", "expected"), marked(ENGLISH))
def test_english(text: str, expected: list[Found]) -> None:
    assert bare(find(text)) == expected


@pytest.mark.parametrize(("text", "expected"), marked(FRENCH))
def test_french(text: str, expected: list[Found]) -> None:
    assert bare(find(text)) == expected
