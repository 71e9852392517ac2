"""Enrolment centres in messages, by their names and the names people use."""

import pytest

from bot.nlu.found import Found
from tests.nlu.place_tables import bare, find
from tests.nlu.tables import marked

ENGLISH = """
is [Lansdowne](centre:5520) open on Saturdays
I have an appointment at [Lansdowne](centre:5520 at) next week, then where do I go
the [Thousand Islands](centre:5520) one, do I have to cross the bridge after
my split interview is at [Fort Erie](centre:5022 at)
we did the Canadian half at the [Peace Bridge](centre:5022 at) already
which side of the [peace bridge](centre:5022) do I park on
then I walk into [Peace Bridge Plaza](centre:buffalo-peace-bridge destination) right
[Rainbow Bridge](centre:5161) has nothing till March
anything at the [rainbow bridge](centre:5161 at) or [Niagara Falls](centre:5161 at) NY
can I book [Niagara Falls](centre:5161) if I live in [St. Catharines](city:St. Catharines home)
the [Whirlpool Bridge](centre:5161) is NEXUS only, how do I get to the office without a card
I am in line at the enrolment centre at [Pearson](centre:YYZ at)
my interview is at the [YYC](centre:YYC at) enrolment centre Tuesday
when does the [YYC](centre:YYC) centre open
the NEXUS office at [Dorval](centre:YUL at) never answers
NEXUS office in [Ottawa](centre:YOW at) hours??
is the [Halifax enrolment centre](centre:YHZ) walk in
[Vancouver](centre:YVR) Enrollment Center on google says closed
enrollment center at [YVR](centre:YVR at), level 2?
I booked the [Winnipeg nexus office](centre:YWG) for January
the [Calgary NEXUS office](centre:YYC) moved?
enrolment center in [Edmonton](centre:YEG at) has zero appointments
[Derby Line](centre:5223) or [Stanstead](centre:stanstead), which side first
we are driving to [Champlain](centre:5021 destination) from [Montreal](city:Montréal origin)
[Champlain](centre:5021) NY has openings in December
is [Blaine](centre:5020) both officers at once
closest is [Blaine](centre:5020), is it near the [Peace Arch](centre:5020 home)
[Port Huron](centre:5024) across from [Sarnia](city:Sarnia home) please
the [Blue Water Bridge](centre:5024) centre
can I do a joint interview at [Sweetgrass](centre:5120 at)
from [Lethbridge](city:Lethbridge origin) it is [Coutts](centre:5120), is there an office
does [Pembina](centre:5100) do kids
[Sault Ste Marie Michigan](centre:5080) is where we go
[Sault Ste. Marie, Michigan](centre:5080) office phone number
[International Falls](centre:5160) or [Warroad](centre:5060) for someone out west
[Ogdensburg](centre:16546) ny takes both?
[Houlton](centre:5101) Maine, is it eastern or atlantic time
the [Calais](centre:5500) crossing next to [St Stephen](centre:5500 home)
[Detroit enrolment centre](centre:16511) on Fort Street
the [Ambassador Bridge](centre:16511) office in [Detroit](city:Detroit at), still open?
[Alexandria Bay](centre:alexandria-bay) is the second half isn't it
booked [ft erie](centre:5022) for the 9th at 10
is there an enrolment centre in [Kelowna](city:Kelowna at)
are there centres in [Vancouver](city:Vancouver at)
I drove over the Champlain Bridge in traffic
I just want peace of mind about my application
thousands of islands of paperwork, honestly
what about the [Buffalo](city:Buffalo) side
What's the difference between [Lansdowne](centre:5520) and [Fort Erie](centre:5022)
where can I find the CBSA office at [YVR](centre:YVR at)
"""

FRENCH = """
est-ce que [Lansdowne](centre:5520) est ouvert le samedi
mon rendez-vous est à [Lansdowne](centre:5520 at) la semaine prochaine, après je vais où
les [Mille-Îles](centre:5520), il faut traverser le pont après?
le [pont des mille iles](centre:5520), côté américain
mon entrevue séparée est à [Fort Érié](centre:5022 at)
on a fait la moitié canadienne au [Peace Bridge](centre:5022 at)
c'est de quel côté du [pont de la Paix](centre:5022)
mon entrevue au [pont de la paix](centre:5022 at) est lundi
je veux la paix, juste mes frais remboursés svp
le [Rainbow Bridge](centre:5161) n'a rien avant mars
rien au [pont Rainbow](centre:5161 at) ni à [Niagara Falls](centre:5161 at)
peut-on réserver [Niagara](centre:5161) si j'habite [St. Catharines](city:St. Catharines home)
le [pont Whirlpool](centre:5161) est réservé à NEXUS, comment on se rend au bureau
le centre d'inscription à [Pearson](centre:YYZ at) répond jamais
je suis au [centre d'inscription de Pearson](centre:YYZ at) en ce moment
à quelle heure ouvre le centre d'inscription de [YYC](centre:YYC)
le bureau NEXUS de [Dorval](centre:YUL) est où au juste
le bureau NEXUS à [Trudeau](centre:YUL at), quel étage
[centre d'inscription d'Ottawa](centre:YOW), heures svp
mon rv est au [centre d'inscription de Montréal](centre:YUL at)
le [bureau NEXUS d'Halifax](centre:YHZ) prend sans rendez-vous?
le bureau de l'ASFC à l'[aéroport d'Edmonton](centre:YEG at) est fermé
j'ai réservé au [bureau NEXUS de Winnipeg](centre:YWG at) pour janvier
[Derby Line](centre:5223) ou [Stanstead](centre:stanstead), lequel en premier
on descend à [Champlain](centre:5021 destination) en auto de [Montréal](city:Montréal origin)
[St-Bernard-de-Lacolle](centre:5021), c'est le même bureau?
[lacolle](centre:5021) a tu de la place en decembre
est-ce que [Blaine](centre:5020) a les deux agents en même temps
le [pont Blue Water](centre:5024) à [Port-Huron](centre:5024 at) non?
[Port Huron](centre:5024) en face de [Sarnia](city:Sarnia home)
entrevue conjointe à [Sweetgrass](centre:5120 at), possible?
de [Lethbridge](city:Lethbridge origin) c'est [Coutts](centre:5120) le plus proche
[Pembina](centre:5100) fait-il les enfants
à [Sault-Sainte-Marie (Michigan)](centre:5080 at) ils sont gentils
[International Falls](centre:5160) ou [Warroad](centre:5060)?
[Ogdensburg](centre:16546) prend les deux parties?
[Houlton](centre:5101) au Maine, c'est quelle heure là-bas
[Calais](centre:5500) dans le Maine, pas la France
le [centre d'inscription de Détroit](centre:16511)
le [pont Ambassador](centre:16511), le bureau est encore ouvert?
[Alexandria Bay](centre:alexandria-bay) c'est la deuxième moitié
le centre de [Calgary](centre:YYC) est fermé le lundi?
y a-t-il un centre d'inscription à [Kelowna](city:Kelowna at)
où sont les centres à [Vancouver](city:Vancouver at)
jai réservé [fort erie](centre:5022) le 9 à 10h
le pont Champlain est fermé cette fin de semaine
j'ai laissé la paix aux agents, ils étaient occupés
du côté de [Buffalo](city:Buffalo home)
le centre NEXUS de [Vancouver](centre:YVR) a déménagé?
le bureau du [Peace Bridge](centre:5022), c'est du côté canadien?
combien de temps on attend au [pont Peace Arch](centre:5020 at)
quelle est la différence entre [Lansdowne](centre:5520) et [Fort Érié](centre:5022)
"""


@pytest.mark.parametrize(("text", "expected"), marked(ENGLISH))
def test_english(text: str, expected: list[Found]) -> None:
    assert bare(find(text)) == expected


@pytest.mark.parametrize(("text", "expected"), marked(FRENCH))
def test_french(text: str, expected: list[Found]) -> None:
    assert bare(find(text)) == expected
