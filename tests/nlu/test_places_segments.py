"""Several segments in one message: connections, journeys of three segments, and ways back."""
# ruff: noqa: E501 - a sentence is a line

import pytest

from bot.nlu.found import Found
from tests.nlu.place_tables import bare, find
from tests.nlu.tables import marked

ENGLISH = """
[Saskatoon](city:Saskatoon origin) to [Calgary](city:Calgary via) then [Calgary](city:Calgary via) to [Las Vegas](city:Las Vegas destination)
I fly [Regina](city:Regina origin) to [Calgary](city:Calgary via), [Calgary](city:Calgary via) to [Denver](city:Denver via), [Denver](city:Denver via) to [Phoenix](city:Phoenix destination)
[YXE](airport:YXE origin)-[YYC](airport:YYC via) then [YYC](airport:YYC via)-[LAS](airport:LAS destination)
[Halifax](city:Halifax origin) to [Toronto](city:Toronto via) to [Miami](city:Miami destination)
from [Victoria](city:Victoria origin) to [Vancouver](city:Vancouver via) and then on to [Seattle](city:Seattle destination)
first leg is [Thunder Bay](city:Thunder Bay origin) to [Toronto](city:Toronto via), second leg [Toronto](city:Toronto via) to [Orlando](city:Orlando destination)
I fly to [Montreal](city:Montréal via) from [Moncton](city:Moncton origin) and from [Montreal](city:Montréal via) to [Boston](city:Boston destination)
[Kelowna](city:Kelowna origin) to [Vancouver](city:Vancouver via), change, then [Vancouver](city:Vancouver via) to [San Francisco](city:San Francisco destination)
[Toronto](city:Toronto origin) to [Vegas](city:Las Vegas destination) and back to [Toronto](city:Toronto return)
[Toronto](city:Toronto origin) to [Chicago](city:Chicago destination) on Friday and [Chicago](city:Chicago return) to [Toronto](city:Toronto return) on Sunday
I leave [Ottawa](city:Ottawa origin) Friday for [Newark](city:Newark destination) and come back from [Newark](city:Newark return) Monday
[YYZ](airport:YYZ origin)-[BOS](airport:BOS destination)-[YYZ](airport:YYZ return), which flight counts
[YXE](airport:YXE origin)-[YYC](airport:YYC via)-[LAS](airport:LAS destination)-[YYC](airport:YYC return)-[YXE](airport:YXE return)
outbound [Edmonton](city:Edmonton origin) to [Minneapolis](city:Minneapolis destination), return [Minneapolis](city:Minneapolis return) to [Edmonton](city:Edmonton return)
flying [Calgary](city:Calgary origin) to [LA](city:Los Angeles destination), returning to [Calgary](city:Calgary return) on the 9th
I go from [Halifax](city:Halifax origin) to [Montreal](city:Montréal via) and then to [Fort Lauderdale](city:Fort Lauderdale destination)
[Winnipeg](city:Winnipeg origin) to [Toronto](city:Toronto via) then [New York](city:New York destination)
it's [Deer Lake](city:Deer Lake origin) - [Halifax](city:Halifax via) - [Toronto](city:Toronto via) - [Nashville](city:Nashville destination), long day
[Yellowknife](city:Yellowknife origin) → [Edmonton](city:Edmonton via) → [Denver](city:Denver via) → [Austin](city:Austin destination)
from [Comox](city:Comox origin) I connect in [Vancouver](city:Vancouver via) and end up in [Honolulu](city:Honolulu destination)
we start in [Fredericton](city:Fredericton origin), stop in [Toronto](city:Toronto via) and land in [Dallas](city:Dallas destination)
two flights: [YQR](airport:YQR origin) to [YYC](airport:YYC via) and [YYC](airport:YYC via) to [PHX](airport:PHX destination)
[Quebec City](city:Québec origin) to [Toronto](city:Toronto via) with Air Canada, then [Toronto](city:Toronto via) to [Tampa](city:Tampa destination) with Air Canada too
Our trip is [London, Ontario](city:London (Ontario) origin) to [Toronto](city:Toronto via) to [Cancun](city:Cancún destination)
[Timmins](city:Timmins origin) to [Toronto](city:Toronto via), then a bus to the island, then [Billy Bishop](airport:YTZ via) to [Newark](city:Newark destination)
I'm going from [Saint John](city:Saint John origin) to [Montreal](city:Montréal via) and from there to [Chicago](city:Chicago destination)
flying [Prince George](city:Prince George origin) [Vancouver](city:Vancouver via) [LAX](airport:LAX destination)
[YVR](airport:YVR origin) [SEA](airport:SEA destination) tomorrow
[YYT](airport:YYT origin) [YYZ](airport:YYZ via) [MCO](airport:MCO destination) on the 4th
I go [Montreal](city:Montréal origin) to [New York](city:New York destination) Thursday and fly home from [Boston](city:Boston return) to [Montreal](city:Montréal return) Sunday
going to [Denver](city:Denver destination) from [Calgary](city:Calgary origin), then back home to [Calgary](city:Calgary return)
[Vancouver](city:Vancouver origin) to [Seattle](city:Seattle via) and [Seattle](city:Seattle via) to [Anchorage](city:Anchorage destination) same day
leave [Abbotsford](city:Abbotsford origin), change in [Calgary](city:Calgary via), arrive in [Palm Springs](city:Palm Springs destination)
changing planes in [Toronto](city:Toronto via) and [Chicago](city:Chicago via) to reach [Milwaukee](city:Milwaukee destination)
via [Ottawa](city:Ottawa via) and [Newark](city:Newark via) to [Miami](city:Miami destination)
my flights are [Kamloops](city:Kamloops origin) to [Vancouver](city:Vancouver via) at 9 and [Vancouver](city:Vancouver via) to [San Diego](city:San Diego destination) at 12:30
back from [Seattle](city:Seattle origin) to [Vancouver](city:Vancouver destination)
I did the first part in [Halifax](city:Halifax at), now I fly [Halifax](city:Halifax origin) to [Toronto](city:Toronto via) to [Boston](city:Boston destination)
round trip [Ottawa](city:Ottawa origin) - [Washington](city:Washington destination) - [Ottawa](city:Ottawa return)
[Nanaimo](city:Nanaimo origin) to [Vancouver](city:Vancouver via) by Harbour Air then [Vancouver](city:Vancouver via) to [Portland](city:Portland (Oregon) destination)
hi, [toronto](city:Toronto origin) to [calgary](city:Calgary via) to [vegas](city:Las Vegas destination), where do i do the us bit
they rebooked us [Charlottetown](city:Charlottetown origin) to [Montreal](city:Montréal via), [Montreal](city:Montréal via) to [Newark](city:Newark via), [Newark](city:Newark via) to [Orlando](city:Orlando destination)
flight one is from [Sudbury](city:Sudbury origin) to [Toronto](city:Toronto via); flight two is from [Toronto](city:Toronto via) to [Philly](city:Philadelphia destination)
Coming from [Frankfurt](city:Frankfurt origin), three hours in [Toronto](city:Toronto via), then [Dallas](city:Dallas destination)
my itinerary: [Halifax](city:Halifax origin), [Montreal](city:Montréal via), [Fort Myers](city:Fort Myers destination)
[Toronto](city:Toronto origin) ➡️ [Boston](city:Boston destination) ➡️ [Toronto](city:Toronto return)
I begin in [Gander](city:Gander origin), switch in [Halifax](city:Halifax via), end in [Newark](city:Newark destination). Who does me where?
leaving out of [Pearson](airport:YYZ origin) to go to [Nashville](city:Nashville via) then [Austin](city:Austin destination) then back to [Toronto](city:Toronto return)
[Toronto](city:Toronto origin) to [Miami](city:Miami destination) and we come back via [Newark](city:Newark return)
I am going back to [Denver](city:Denver destination) via [Calgary](city:Calgary via)
"""

FRENCH = """
je pars de [Québec](city:Québec origin), je change à [Montréal](city:Montréal via) et j'arrive à [Fort Lauderdale](city:Fort Lauderdale destination)
[Saskatoon](city:Saskatoon origin) à [Calgary](city:Calgary via) puis [Calgary](city:Calgary via) à [Las Vegas](city:Las Vegas destination)
de [Régina](city:Regina origin) à [Calgary](city:Calgary via), de [Calgary](city:Calgary via) à [Denver](city:Denver via), de [Denver](city:Denver via) à [Phoenix](city:Phoenix destination)
[YXE](airport:YXE origin)-[YYC](airport:YYC via) puis [YYC](airport:YYC via)-[LAS](airport:LAS destination)
[Halifax](city:Halifax origin) à [Toronto](city:Toronto via) à [Miami](city:Miami destination)
de [Victoria](city:Victoria origin) à [Vancouver](city:Vancouver via) et ensuite vers [Seattle](city:Seattle destination)
premier vol [Thunder Bay](city:Thunder Bay origin)-[Toronto](city:Toronto via), deuxième vol [Toronto](city:Toronto via)-[Orlando](city:Orlando destination)
je vole de [Moncton](city:Moncton origin) à [Montréal](city:Montréal via), et de [Montréal](city:Montréal via) à [Boston](city:Boston destination)
[Kelowna](city:Kelowna origin)-[Vancouver](city:Vancouver via), escale, puis [Vancouver](city:Vancouver via)-[San Francisco](city:San Francisco destination)
de [Toronto](city:Toronto origin) à [Vegas](city:Las Vegas destination) et retour à [Toronto](city:Toronto return)
[Toronto](city:Toronto origin)-[Chicago](city:Chicago destination) vendredi et [Chicago](city:Chicago return)-[Toronto](city:Toronto return) dimanche
je quitte [Ottawa](city:Ottawa origin) vendredi pour [Newark](city:Newark destination) et je reviens de [Newark](city:Newark return) lundi
[YUL](airport:YUL origin)-[BOS](airport:BOS destination)-[YUL](airport:YUL return), c'est quel vol qui compte
[YBG](airport:YBG origin)-[YUL](airport:YUL via)-[FLL](airport:FLL destination)-[YUL](airport:YUL return)-[YBG](airport:YBG return)
aller [Edmonton](city:Edmonton origin)-[Minneapolis](city:Minneapolis destination), retour [Minneapolis](city:Minneapolis return)-[Edmonton](city:Edmonton return)
[Calgary](city:Calgary origin) vers [Los Angeles](city:Los Angeles destination), retour vers [Calgary](city:Calgary return) le 9
je vais de [Gaspé](city:Gaspé origin) à [Montréal](city:Montréal via) puis à [Fort Lauderdale](city:Fort Lauderdale destination)
[Winnipeg](city:Winnipeg origin) à [Toronto](city:Toronto via) puis [New York](city:New York destination)
[Sept-Îles](city:Sept-Îles origin) - [Québec](city:Québec via) - [Toronto](city:Toronto via) - [Nashville](city:Nashville destination), grosse journée
[Yellowknife](city:Yellowknife origin) → [Edmonton](city:Edmonton via) → [Denver](city:Denver via) → [Austin](city:Austin destination)
au départ de [Bathurst](city:Bathurst origin) avec correspondance à [Montréal](city:Montréal via), j'arrive à [Washington](city:Washington destination)
on part de [Fredericton](city:Fredericton origin), on arrête à [Toronto](city:Toronto via) et on atterrit à [Dallas](city:Dallas destination)
deux vols : [YQR](airport:YQR origin) à [YYC](airport:YYC via) et [YYC](airport:YYC via) à [PHX](airport:PHX destination)
[Québec](city:Québec origin) à [Toronto](city:Toronto via) avec Air Canada, puis [Toronto](city:Toronto via) à [Tampa](city:Tampa destination) avec Air Canada aussi
je vais de [Saint John](city:Saint John origin) à [Montréal](city:Montréal via) et de là à [Chicago](city:Chicago destination)
[YQB](airport:YQB origin) [YUL](airport:YUL via) [MCO](airport:MCO destination) le 4
[YUL](airport:YUL origin) [LGA](airport:LGA destination) demain
jeudi [Montréal](city:Montréal origin)-[New York](city:New York destination), et je rentre dimanche de [Boston](city:Boston return) à [Montréal](city:Montréal return)
je vais à [Denver](city:Denver destination) de [Calgary](city:Calgary origin), puis je rentre à [Calgary](city:Calgary return)
de [Vancouver](city:Vancouver origin) à [Seattle](city:Seattle via) et de [Seattle](city:Seattle via) à [Anchorage](city:Anchorage destination) le même jour
départ [Rouyn-Noranda](city:Rouyn-Noranda origin), changement à [Montréal](city:Montréal via), arrivée [Boston](city:Boston destination)
par [Ottawa](city:Ottawa via) et [Newark](city:Newark via) jusqu'à [Miami](city:Miami destination)
mes vols sont [Bagotville](city:Saguenay origin)-[Montréal](city:Montréal via) à 9 h et [Montréal](city:Montréal via)-[San Diego](city:San Diego destination) à 12 h 30
j'ai fait la première partie à [Halifax](city:Halifax at), là je vole de [Halifax](city:Halifax origin) à [Toronto](city:Toronto via) à [Boston](city:Boston destination)
aller-retour [Ottawa](city:Ottawa origin)-[Washington](city:Washington destination)-[Ottawa](city:Ottawa return)
allo, [toronto](city:Toronto origin) a [calgary](city:Calgary via) a [vegas](city:Las Vegas destination), je fais la partie us où
ils nous ont mis sur [Charlottetown](city:Charlottetown origin)-[Montréal](city:Montréal via), [Montréal](city:Montréal via)-[Newark](city:Newark via), [Newark](city:Newark via)-[Orlando](city:Orlando destination)
le premier vol est de [Sudbury](city:Sudbury origin) à [Toronto](city:Toronto via); le deuxième de [Toronto](city:Toronto via) à [Philadelphie](city:Philadelphia destination)
je pars de [Val-d'Or](city:Val-d’Or origin), je transite par [Montréal](city:Montréal via) pis je finis à [Atlanta](city:Atlanta destination)
je reviens de [Seattle](city:Seattle origin) à [Vancouver](city:Vancouver destination)
d'abord [Mont-Joli](city:Mont-Joli origin) à [Montréal](city:Montréal via), après [Montréal](city:Montréal via) à [Newark](city:Newark destination)
je pars de [Trois-Rivières](city:Trois-Rivières origin) en auto, ensuite [Montréal](city:Montréal origin) à [Cancún](city:Cancún destination)
avec escales à [Toronto](city:Toronto via) et à [Chicago](city:Chicago via) pour aller à [Milwaukee](city:Milwaukee destination)
[Saguenay](city:Saguenay origin), [Toronto](city:Toronto via), [Vegas](city:Las Vegas destination). Personne ne sait où ça se passe
[Doha](city:Doha origin) vers [Montréal](city:Montréal via) puis [New York](city:New York destination) le même jour
je fais [Québec](city:Québec origin) [Toronto](city:Toronto via) [Los Angeles](city:Los Angeles destination)
[Gaspé](city:Gaspé origin), [Montréal](city:Montréal via), [Toronto](city:Toronto via), [Dallas](city:Dallas destination). Et à [Dorval](airport:YUL at), on m'attend?
on revient par [Newark](city:Newark return)
"""


@pytest.mark.parametrize(("text", "expected"), marked(ENGLISH))
def test_english(text: str, expected: list[Found]) -> None:
    assert bare(find(text)) == expected


@pytest.mark.parametrize(("text", "expected"), marked(FRENCH))
def test_french(text: str, expected: list[Found]) -> None:
    assert bare(find(text)) == expected
