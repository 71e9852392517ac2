"""The part a place plays in the sentence: from, to, through, where one lives and where one is."""
# ruff: noqa: E501 - a sentence is a line

import pytest

from bot.nlu.found import Found
from tests.nlu.place_tables import bare, find
from tests.nlu.tables import marked

ENGLISH = """
flying from [Ottawa](city:Ottawa origin) to [Chicago](city:Chicago destination) tomorrow
I fly out of [Calgary](city:Calgary origin) at 8 and into [Phoenix](city:Phoenix destination) at 10
headed to [Denver](city:Denver destination) out of [Edmonton](city:Edmonton origin)
our trip to [San Diego](city:San Diego destination) through [Vancouver](city:Vancouver via)
going through [Toronto](city:Toronto via) to get to [Nashville](city:Nashville destination)
[Halifax](city:Halifax origin) to [Tampa](city:Tampa destination) via [Montreal](city:Montréal via)
I'm leaving [Winnipeg](city:Winnipeg origin) on Sunday for [Las Vegas](city:Las Vegas destination)
we depart [Toronto](city:Toronto origin) for [Boston](city:Boston destination) Friday night
departing from [Vancouver](city:Vancouver origin), arriving in [Honolulu](city:Honolulu destination)
she takes off from [Kelowna](city:Kelowna origin) and lands in [Seattle](city:Seattle destination)
bound for [Dallas](city:Dallas destination) from [Calgary](city:Calgary origin) with a layover in [Denver](city:Denver via)
I change planes in [Chicago](city:Chicago via) on my way to [Orlando](city:Orlando destination) from [Regina](city:Regina origin)
our connection is in [Minneapolis](city:Minneapolis via)
I connect in [Toronto](city:Toronto via)
one stop in [Salt Lake City](city:Salt Lake City via), starting from [Edmonton](city:Edmonton origin)
[Regina](city:Regina origin) -> [Minneapolis](city:Minneapolis destination)
[Toronto](city:Toronto origin)-[Boston](city:Boston destination), first week of December
[Montreal](city:Montréal origin) > [Miami](city:Miami destination) on the 22nd
is there a flight between [Ottawa](city:Ottawa origin) and [Washington](city:Washington destination) that qualifies
we're travelling to [New York](city:New York destination) by way of [Burlington](city:Burlington via), VT
I live in [Kamloops](city:Kamloops home) but fly from [Vancouver](city:Vancouver origin)
I'm based in [Saskatoon](city:Saskatoon home), which office is mine
anything close to [Thunder Bay](city:Thunder Bay home)?
nearest office to [Red Deer](city:Red Deer home) please
the closest centre to [Lethbridge](city:Lethbridge home)
I'm around [Guelph](city:Guelph home) if that helps
my daughter lives near [Moncton](city:Moncton home)
can I do both in [Calgary](city:Calgary at)
if I land at [LAX](airport:LAX destination) can I do it on arrival there
when I get to [Seattle](city:Seattle destination) do I need to do anything
my flight arrives at [O'Hare](airport:ORD destination) from [Toronto](city:Toronto origin)
heading into [Newark](city:Newark destination) from the [island airport](airport:YTZ origin)
I'll be flying via [Ottawa](city:Ottawa via) instead
on the way to [Palm Springs](city:Palm Springs destination)
the [Vancouver](city:Vancouver origin) to [LA](city:Los Angeles destination) flight at 7
my [Toronto](city:Toronto origin)-[Nashville](city:Nashville destination) flight on Porter
can you do it on the flight to [Detroit](city:Detroit destination)
we're stopping over in [Montreal](city:Montréal via) en route to [Florida](city:Florida destination)
from [Toronto (Pearson)](airport:YYZ origin) to [Atlanta](city:Atlanta destination)
depart [YYZ](airport:YYZ origin) arrive [BOS](airport:BOS destination)
origin [YWG](airport:YWG origin), destination [DEN](airport:DEN destination)
I return from [Phoenix](city:Phoenix origin) on the 6th
coming from [Victoria](city:Victoria origin), going to [San Francisco](city:San Francisco destination)
not flying from [Toronto](city:Toronto origin), from [Hamilton](city:Hamilton origin) actually
je pars de [Toronto](city:Toronto origin) and then I go to [Boston](city:Boston destination), ok?
starting in [Fredericton](city:Fredericton origin), ending in [Charlotte](city:Charlotte destination)
I want to go to [Vegas](city:Las Vegas destination) from here
my destination is [Denver](city:Denver destination) and my origin is [Saskatoon](city:Saskatoon origin)
I'd fly to [Portland](city:Portland (Oregon) destination) or [Seattle](city:Seattle destination), either is fine
"""

FRENCH = """
je pars d'[Ottawa](city:Ottawa origin) pour [Chicago](city:Chicago destination) demain
à partir de [Calgary](city:Calgary origin) vers [Phoenix](city:Phoenix destination)
je décolle d'[Edmonton](city:Edmonton origin) à destination de [Denver](city:Denver destination)
notre voyage à [San Diego](city:San Diego destination) en passant par [Vancouver](city:Vancouver via)
on passe par [Toronto](city:Toronto via) pour aller à [Nashville](city:Nashville destination)
[Halifax](city:Halifax origin)-[Tampa](city:Tampa destination) via [Montréal](city:Montréal via)
je quitte [Winnipeg](city:Winnipeg origin) dimanche pour [Las Vegas](city:Las Vegas destination)
au départ de [Vancouver](city:Vancouver origin), arrivée à [Honolulu](city:Honolulu destination)
depuis [Québec](city:Québec origin) jusqu'à [Fort Lauderdale](city:Fort Lauderdale destination)
de [Toronto](city:Toronto origin) jusqua [Boston](city:Boston destination) avec Porter
direction [Dallas](city:Dallas destination) à partir de [Calgary](city:Calgary origin), avec une escale à [Denver](city:Denver via)
je change d'avion à [Chicago](city:Chicago via) en route vers [Orlando](city:Orlando destination)
notre correspondance est à [Minneapolis](city:Minneapolis via)
je fais escale à [Toronto](city:Toronto via)
une escale d'une heure à [Detroit](city:Detroit via)
en transit à [Montréal](city:Montréal via), je vais à [Miami](city:Miami destination)
[Montréal](city:Montréal origin) > [Miami](city:Miami destination) le 22
y a-t-il un vol entre [Ottawa](city:Ottawa origin) et [Washington](city:Washington destination) qui compte?
j'habite à [Kamloops](city:Kamloops home) mais je pars de [Vancouver](city:Vancouver origin)
quel centre est le plus proche de [Rimouski](city:Rimouski home)
quelque chose près de [Sherbrooke](city:Sherbrooke home)?
nous vivons à [Moncton](city:Moncton home)
je suis de [Gatineau](city:Ottawa home)
dans le coin de [Drummondville](city:Drummondville home)
est-ce que je peux faire les deux à [Calgary](city:Calgary at)
si j'atterris à [LAX](airport:LAX destination), je peux le faire là-bas?
une fois rendu à [Seattle](city:Seattle destination) j'ai quelque chose à faire?
mon vol arrive à [O'Hare](airport:ORD destination) en provenance de [Toronto](city:Toronto origin)
je me rends à [Newark](city:Newark destination) au départ de [l'île de Toronto](airport:YTZ origin)
finalement je passe par [Ottawa](city:Ottawa via)
en route pour [Palm Springs](city:Palm Springs destination)
le vol [Vancouver](city:Vancouver origin)-[Los Angeles](city:Los Angeles destination) de 7 h
le vol [Toronto](city:Toronto origin) à [Nashville](city:Nashville destination)
peut-on le faire sur le vol de [Détroit](city:Detroit origin)
je prends l'avion à [Québec](city:Québec at) pour [Punta Cana](city:Punta Cana destination)
départ [YYZ](airport:YYZ origin), arrivée [BOS](airport:BOS destination)
origine [YWG](airport:YWG origin), destination [DEN](airport:DEN destination)
je reviens de [Phoenix](city:Phoenix origin) le 6
ma fille s'envole vers [San Francisco](city:San Francisco destination) depuis [Victoria](city:Victoria origin)
pas de [Montréal](city:Montréal origin), de [Québec](city:Québec origin) plutôt
I fly de [Montréal](city:Montréal origin) à [Boston](city:Boston destination), c'est correct?
on s'en va à [Tampa](city:Tampa destination) par [Toronto](city:Toronto via)
jprends lavion de [montreal](city:Montréal origin) a [atlanta](city:Atlanta destination)
je vais aux [Bahamas](city:Bahamas destination) avec escale à [Miami](city:Miami via)
mon vol part de [Fredericton](city:Fredericton origin) et arrive à [Charlotte](city:Charlotte destination)
en partance de [Halifax](city:Halifax origin) pour [New York](city:New York destination)
je voyage vers [Minneapolis](city:Minneapolis destination) et je demeure à [Winnipeg](city:Winnipeg home)
j'embarque à [Montréal](city:Montréal origin) pour [Orlando](city:Orlando destination)
je retourne à [Montréal](city:Montréal destination) le 5 de [Las Vegas](city:Las Vegas origin)
ma destination est [Denver](city:Denver destination) et mon origine est [Saskatoon](city:Saskatoon origin)
"""


@pytest.mark.parametrize(("text", "expected"), marked(ENGLISH))
def test_english(text: str, expected: list[Found]) -> None:
    assert bare(find(text)) == expected


@pytest.mark.parametrize(("text", "expected"), marked(FRENCH))
def test_french(text: str, expected: list[Found]) -> None:
    assert bare(find(text)) == expected
