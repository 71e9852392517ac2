"""Places in messages, and the part they play in the sentence.

A row: the message, then each place in it as `words = kind:value role`.
"""
# ruff: noqa: E501 - a row is a line

import pytest

from bot.nlu.patterns import load_patterns
from bot.nlu.places import PlaceFinder
from bot.policy.places import load_places
from bot.policy.zones import world
from bot.settings import ROOT
from tests.nlu.tables import rows

ENGLISH = """
Can I do my CBP interview on my flight to Seattle on Friday at 2 pm from Vancouver? | Seattle = city:Seattle destination; Vancouver = city:Vancouver origin
I fly from Pearson to Boston | Pearson = airport:YYZ origin; Boston = city:Boston destination
Pearson | Pearson = airport:YYZ
YVR | YVR = airport:YVR
yvr | yvr = airport:YVR
I leave from Dorval | Dorval = airport:YUL origin
from Trudeau to LaGuardia | Trudeau = airport:YUL origin; LaGuardia = airport:LGA destination
flying out of Billy Bishop to Newark | Billy Bishop = airport:YTZ origin; Newark = city:Newark destination
from Calgary to Phoenix via Denver | Calgary = city:Calgary origin; Phoenix = city:Phoenix destination; Denver = city:Denver via
Calgary → Denver | Calgary = city:Calgary origin; Denver = city:Denver destination
YVR-SEA | YVR = airport:YVR origin; SEA = airport:SEA destination
YVR->SEA | YVR = airport:YVR origin; SEA = airport:SEA destination
Toronto/Boston | Toronto = city:Toronto origin; Boston = city:Boston destination
from Saskatoon to Las Vegas through Calgary | Saskatoon = city:Saskatoon origin; Las Vegas = city:Las Vegas destination; Calgary = city:Calgary via
to Phoenix via Calgary | Phoenix = city:Phoenix destination; Calgary = city:Calgary via
YXE-YYC-LAS | YXE = airport:YXE origin; YYC = airport:YYC via; LAS = airport:LAS destination
Halifax to Toronto to Miami | Halifax = city:Halifax origin; Toronto = city:Toronto via; Miami = city:Miami destination
I'm going to London | London = city:London destination
from London to Chicago | London = city:London (Ontario) origin; Chicago = city:Chicago destination
I fly from Calgary to London | Calgary = city:Calgary origin; London = city:London destination
from Toronto to London | Toronto = city:Toronto origin; London = city:London destination
I live in London | London = city:London (Ontario) home
Where are centres near Windsor | Windsor = city:Windsor home
CAN I DO MY INTERVIEW AT PEARSON | PEARSON = airport:YYZ at
FROM VANCOUVER TO SEATTLE ON FRIDAY | VANCOUVER = city:Vancouver origin; SEATTLE = city:Seattle destination
YVR SEA | YVR = airport:YVR origin; SEA = airport:SEA destination
WHO CAN DO THE CBP PART FOR ME |
I fly to LAS on Monday | LAS = airport:LAS destination
I fly las vegas | las vegas = city:Las Vegas
from YUL to JFK | YUL = airport:YUL origin; JFK = airport:JFK destination
out of Ottawa | Ottawa = city:Ottawa origin
Edmonton to Denver | Edmonton = city:Edmonton origin; Denver = city:Denver destination
Winnipeg - Minneapolis | Winnipeg = city:Winnipeg origin; Minneapolis = city:Minneapolis destination
what about Kelowna | Kelowna = city:Kelowna
my CBSA interview was at Pearson | Pearson = airport:YYZ at
Peace Bridge | Peace Bridge = centre:5022
the Lansdowne centre | Lansdowne = centre:5520
I did the Canadian part in Vancouver and fly from Calgary to LA | Vancouver = city:Vancouver at; Calgary = city:Calgary origin; LA = city:Los Angeles destination
New York | New York = city:New York
NYC | NYC = city:New York
from Quebec City to Orlando | Quebec City = city:Québec origin; Orlando = city:Orlando destination
St. John's to Newark | St. John's = city:St. John’s origin; Newark = city:Newark destination
Saint John | Saint John = city:Saint John
Victoria to Seattle | Victoria = city:Victoria origin; Seattle = city:Seattle destination
Toronto Island airport | Toronto Island airport = airport:YTZ
Toronto | Toronto = city:Toronto
Mexico | Mexico = city:Mexico
Paris | Paris = city:Paris
to Cancun from Montreal | Cancun = city:Cancún destination; Montreal = city:Montréal origin
Hawaii | Hawaii = city:Hawaii
Florida | Florida = city:Florida
Rainbow Bridge in Niagara Falls | Rainbow Bridge = centre:5161; Niagara Falls = centre:5161 at
From YVR to SFO | YVR = airport:YVR origin; SFO = airport:SFO destination
travelling to San Francisco from Vancouver | San Francisco = city:San Francisco destination; Vancouver = city:Vancouver origin
flight from Vancouver, BC to Seattle, WA | Vancouver, BC = city:Vancouver origin; Seattle = city:Seattle destination
I can |
is it a mon or sea thing |
connecting in Chicago | Chicago = city:Chicago via
layover at YYZ from Halifax to MIA | YYZ = airport:YYZ via; Halifax = city:Halifax origin; MIA = airport:MIA destination
I'm in Ottawa | Ottawa = city:Ottawa at
can I do it at YOW? | YOW = airport:YOW at
when I land in Seattle | Seattle = city:Seattle destination
back from Seattle to Vancouver | Seattle = city:Seattle origin; Vancouver = city:Vancouver destination
Vancouver | Vancouver = city:Vancouver
departing Vancouver for Los Angeles | Vancouver = city:Vancouver origin; Los Angeles = city:Los Angeles destination
leaving Montreal | Montreal = city:Montréal origin
to YVR | YVR = airport:YVR destination
FROM TORONTO TO SAN FRANCISCO | TORONTO = city:Toronto origin; SAN FRANCISCO = city:San Francisco destination
I fly to SAN DIEGO | SAN DIEGO = city:San Diego destination
LAS VEGAS | LAS VEGAS = city:Las Vegas
fly to DC | DC = city:Washington destination
can I do it NOW at YYZ | YYZ = airport:YYZ at
is it FOR YOU |
NEW YORK | NEW YORK = city:New York
"""

FRENCH = """
Puis-je faire mon entrevue du CBP à mon vol vers Seattle vendredi à 14 h au départ de Vancouver? | Seattle = city:Seattle destination; Vancouver = city:Vancouver origin
je pars de Pearson vers Boston | Pearson = airport:YYZ origin; Boston = city:Boston destination
Dorval | Dorval = airport:YUL
YUL | YUL = airport:YUL
yul | yul = airport:YUL
je pars de Trudeau pour La Guardia | Trudeau = airport:YUL origin; La Guardia = airport:LGA destination
de Montréal à Boston | Montréal = city:Montréal origin; Boston = city:Boston destination
de montreal a new york | montreal = city:Montréal origin; new york = city:New York destination
De Vancouver à Seattle | Vancouver = city:Vancouver origin; Seattle = city:Seattle destination
de Calgary à Phoenix en passant par Denver | Calgary = city:Calgary origin; Phoenix = city:Phoenix destination; Denver = city:Denver via
Calgary → Denver | Calgary = city:Calgary origin; Denver = city:Denver destination
de Saskatoon à Las Vegas via Calgary | Saskatoon = city:Saskatoon origin; Las Vegas = city:Las Vegas destination; Calgary = city:Calgary via
YUL-BOS | YUL = airport:YUL origin; BOS = airport:BOS destination
YXE-YYC-LAS | YXE = airport:YXE origin; YYC = airport:YYC via; LAS = airport:LAS destination
Halifax à Toronto à Miami | Halifax = city:Halifax origin; Toronto = city:Toronto via; Miami = city:Miami destination
je vais à Londres | Londres = city:London destination
de London à Chicago | London = city:London (Ontario) origin; Chicago = city:Chicago destination
je vais à London | London = city:London destination
de l'aéroport Pearson à Miami | aéroport Pearson = airport:YYZ origin; Miami = city:Miami destination
à partir de Québec vers Orlando | Québec = city:Québec origin; Orlando = city:Orlando destination
de Québec à Orlando | Québec = city:Québec origin; Orlando = city:Orlando destination
j'habite à Gatineau | Gatineau = city:Ottawa home
près de Sherbrooke | Sherbrooke = city:Sherbrooke home
JE PARS DE MONTREAL POUR BOSTON | MONTREAL = city:Montréal origin; BOSTON = city:Boston destination
JE PEUX FAIRE MON ENTREVUE A DORVAL | DORVAL = airport:YUL at
mon entrevue avec l'ASFC était à Pearson | Pearson = airport:YYZ at
Peace Bridge | Peace Bridge = centre:5022
le centre de Lansdowne | Lansdowne = centre:5520
pont de la Paix | pont de la Paix = centre:5022
vol d'Ottawa à Newark | Ottawa = city:Ottawa origin; Newark = city:Newark destination
d'Edmonton à Denver | Edmonton = city:Edmonton origin; Denver = city:Denver destination
à Toronto | Toronto = city:Toronto at
Toronto | Toronto = city:Toronto
New York | New York = city:New York
le Mexique | le Mexique = city:Mexico
Cancún | Cancún = city:Cancún
la Floride | la Floride = city:Florida
Hawaï | Hawaï = city:Hawaii
par Toronto | Toronto = city:Toronto via
avec escale à Toronto | Toronto = city:Toronto via
correspondance à Chicago | Chicago = city:Chicago via
mon vol vers Los Angeles part de Calgary | Los Angeles = city:Los Angeles destination; Calgary = city:Calgary origin
départ de Winnipeg, arrivée à Minneapolis | Winnipeg = city:Winnipeg origin; Minneapolis = city:Minneapolis destination
Saint-Jean | Saint-Jean = city:St. John’s
St-Jean | St-Jean = city:St. John’s
Saint-Jean de Terre-Neuve | Saint-Jean de Terre-Neuve = city:St. John’s
Paris | Paris = city:Paris
je pars de l'île de Toronto | l'île de Toronto = airport:YTZ origin
aéroport Billy-Bishop | aéroport Billy-Bishop = airport:YTZ
l'aéroport de Vancouver | aéroport de Vancouver = airport:YVR
je reviens de Seattle | Seattle = city:Seattle origin
Vancouver-Seattle | Vancouver = city:Vancouver origin; Seattle = city:Seattle destination
depuis Halifax jusqu'à Newark | Halifax = city:Halifax origin; Newark = city:Newark destination
à destination de Dallas au départ de Toronto | Dallas = city:Dallas destination; Toronto = city:Toronto origin
en direction de Houston | Houston = city:Houston destination
je prends l'avion à Ottawa | Ottawa = city:Ottawa at
où sont les centres à Vancouver | Vancouver = city:Vancouver at
le vol de 6 h 40 de Vancouver vers Seattle | Vancouver = city:Vancouver origin; Seattle = city:Seattle destination
mes vols |
que faire si je pars de Kelowna | Kelowna = city:Kelowna origin
je vais à Toronto | Toronto = city:Toronto destination
QUE FAIRE SI JE PARS DE YUL | YUL = airport:YUL origin
LA FLORIDE | LA FLORIDE = city:Florida
je pars pour LA vendredi | LA = city:Los Angeles destination
"""


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder(load_places(ROOT / "policy"), world()[0], load_patterns())


def found(finder: PlaceFinder, text: str) -> list[str]:
    return [f"{text[p.start : p.end]} = {p.entity}:{p.value} {p.role or ''}".rstrip() for p in finder.find(text)]


@pytest.mark.parametrize(("text", "expected"), rows(ENGLISH))
def test_english(finder: PlaceFinder, text: str, expected: list[str]) -> None:
    assert found(finder, text) == expected


@pytest.mark.parametrize(("text", "expected"), rows(FRENCH))
def test_french(finder: PlaceFinder, text: str, expected: list[str]) -> None:
    assert found(finder, text) == expected


def test_a_place_carries_its_country_and_its_airports(finder: PlaceFinder) -> None:
    (toronto,) = finder.find("Toronto")
    assert toronto.extra == {"country": "CA", "airports": ["YYZ", "YTZ"]}
    (foreign,) = finder.find("to BNA")
    assert foreign.extra == {"country": "US", "airports": ["BNA"]}


@pytest.mark.parametrize("word", ["CBP", "CBSA", "TSA", "USA", "FAQ", "MON", "EST", "VOL", "NOW", "FOR", "SUR", "QUE"])
def test_capitals_that_mean_something_else_are_no_airport(finder: PlaceFinder, word: str) -> None:
    assert finder.find(f"well {word} it is") == []
    assert finder.find(f"c'est {word} voyez") == []


def test_every_alias_of_the_policy_is_found_as_its_place(finder: PlaceFinder) -> None:
    places = load_places(ROOT / "policy")
    lost = []
    for place in places.all:
        for alias in place.aliases:
            same = {(other.kind, other.value) for other in places.find(alias)}
            spans = {(p.entity, p.value) for p in finder.find(alias) if (p.start, p.end) == (0, len(alias))}
            if not spans & same:
                lost.append((alias, place.value))
    assert lost == []
