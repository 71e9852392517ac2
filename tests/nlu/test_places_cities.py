"""Cities, regions and what people call them, among words that only look like places."""
# ruff: noqa: E501 - a sentence is a line

import pytest

from bot.nlu.found import Found
from tests.nlu.place_tables import bare, find
from tests.nlu.tables import marked

ENGLISH = """
I'm in [T-Dot](city:Toronto at) till Monday then home
from [mtl](city:Montréal origin) to [nyc](city:New York destination) for the weekend, can I get it done
We're flying [Montreal](city:Montréal origin) to [Vegas](city:Las Vegas destination) for a bachelorette
[Philly](city:Philadelphia) next Thursday, is that ok?
off to [the Big Apple](city:New York destination) on Dec 20 with the kids
my parents live in [Cowtown](city:Calgary home)
leaving [the Peg](city:Winnipeg origin) at minus forty haha
I fly to [LA](city:Los Angeles destination) on Friday, yes or no
I'm from [the Hammer](city:Hamilton home)
going to [Frisco](city:San Francisco destination) with WestJet out of [Edmonton](city:Edmonton origin)
work trip to [D.C.](city:Washington destination) from [Ottawa](city:Ottawa origin)
flying to [DC](city:Washington destination) from [Hfx](city:Halifax origin)
I live in [London, Ontario](city:London (Ontario) home) so [Pearson](airport:YYZ) or [Detroit](city:Detroit)?
[St. John's](city:St. John’s origin) to [Newark](city:Newark destination) in January
[st johns](city:St. John’s) is far from everything, [st. john’s newfoundland](city:St. John’s) i mean
[Saint John NB](city:Saint John) has no preclearance I know
I go to school in [Halifax](city:Halifax at)
im in [kitchener](city:Kitchener-Waterloo at) atm
my cousin in [K-W](city:Kitchener-Waterloo at) got it in two weeks
to [Ft. Lauderdale](city:Fort Lauderdale destination) from [Quebec City](city:Québec origin)
[Ft Lauderdale](city:Fort Lauderdale) in March then a cruise
[New Orleans](city:New Orleans) for jazz fest, flying from [Vancouver](city:Vancouver origin)
we are visiting [NOLA](city:New Orleans destination)
I want to finish before our [Maui](city:Maui) trip
aloha, going to [Hawaii](city:Hawaii destination) from [Victoria BC](city:Victoria origin)
flying into [St. Pete](city:St. Petersburg (Florida) destination)
[Winnepeg](city:Winnipeg origin) to [Minneapolis](city:Minneapolis destination)
flight [Toronto](city:Toronto origin) to [Tuscon](city:Tucson destination)
[Pittsburg](city:Pittsburgh) on the 14th
my condo is in [Florida](city:Florida at)
to [Orlando](city:Orlando destination), Florida from [Moncton](city:Moncton origin)
[Chi-Town](city:Chicago) baby!! Dec 31
do they do it in [Beantown](city:Boston at) too
to [Portland, Maine](city:Portland (Maine) destination)
we drive to [Portland](city:Portland (Oregon) destination) OR sometimes
Nice weather but I just want to know about the fee
is it nice to go in the fall or in the summer, less busy?
My name is Charlotte and I applied in August
My daughter Victoria needs her own form?
I'm reading the letter on my mobile and it says split interview
Closed on Victoria Day?
my wife Regina was approved and I was not
I lost my job at Wells Fargo, does that change the application
They said will call, never did, can I split the payment
I fly Alaska Airlines out of [Kelowna](city:Kelowna origin)
I moved to [Burlington](city:Burlington destination) from [Surrey](city:Surrey origin), does my address matter
going to [Mexico](city:Mexico destination) for New Year's, so no preclearance right?
the flight goes to [London](city:London destination) then home
to [Jamaica](city:Jamaica destination) with a stop in [Miami](city:Miami via)
I have an Indian passport and was born in India
[Naples](city:Fort Myers) for the winter
I'm from [Saskatoon](city:Saskatoon home) and there's nothing here
Centres in British Columbia please
Depart: [Vancouver](city:Vancouver origin) ([YVR](airport:YVR origin)) Arrive: [Las Vegas](city:Las Vegas destination) ([LAS](airport:LAS destination))
which is closer to [Guelph](city:Guelph home), the bridge or the airport
I fly to [NY](city:New York destination) from [Toronto](city:Toronto origin), my address is in Utica NY
[Buffalo](city:Buffalo), NY is where I grew up
"""

FRENCH = """
jsuis a [mtl](city:Montréal at) jusqua lundi
de [Mtl](city:Montréal origin) à [NYC](city:New York destination) pour la fds, je peux faire l'entrevue?
on s'en va à [Vegas](city:Las Vegas destination) pour un mariage
je reste à [Québec](city:Québec home), [la Vieille Capitale](city:Québec home), loin de tout
direction [la Grosse Pomme](city:New York destination) pour Noël avec les enfants
mes parents habitent [Calgary](city:Calgary home)
[Philly](city:Philadelphia) jeudi prochain, ça va?
je descends en [Floride](city:Florida destination) de [Montreal](city:Montréal origin) en decembre
nous allons à [Washington D.C.](city:Washington destination) depuis [Ottawa](city:Ottawa origin)
je vais à [Los Angeles](city:Los Angeles destination) avec WestJet
je pars pour [L.A.](city:Los Angeles destination) samedi
jhabite [Gatineau](city:Ottawa home), c'est où le plus proche
près de [Trois-Rivières](city:Trois-Rivières home) y a rien
[trois rivieres](city:Trois-Rivières origin) à [miami](city:Miami destination) cet hiver
[Saint-Jean de Terre-Neuve](city:St. John’s origin) à [Newark](city:Newark destination) en janvier
de [St-Jean](city:St. John’s origin) vers [Boston](city:Boston destination)
[Saint John](city:Saint John) au Nouveau-Brunswick n'a pas de précontrôle
de [Moncton](city:Moncton origin) à [Orlando](city:Orlando destination), Floride
je vais en [Californie](city:California destination) voir ma soeur
[San Francisco](city:San Francisco) le 14, ensuite [San Diego](city:San Diego)
vol [Montréal](city:Montréal origin)-[Fort Lauderdale](city:Fort Lauderdale destination) le 3 janvier
[La Nouvelle-Orléans](city:New Orleans) au printemps
on va à [Hawai](city:Hawaii destination) à partir de [Vancouver](city:Vancouver origin)
je m'en vais à [Old Orchard](city:Portland (Maine) destination) en auto
je demeure à [Lévis](city:Lévis home) de l'autre bord du pont
on habite [Laval](city:Laval home) et on part de Mirabel jamais haha
ma blonde est à [Sherbrooke](city:Sherbrooke at)
je vais au [Mexique](city:Mexico destination) à Noël, alors pas de précontrôle?
mon vol va à [Cancún](city:Cancún destination) directement
un vol [Montréal](city:Montréal origin)-[Paris](city:Paris destination) ça compte tu
[Londres](city:London) depuis [Toronto](city:Toronto origin)
c'est nice mais je comprends pas la lettre
Je m'appelle Charlotte et j'ai fait ma demande en août
ma fille Victoria a 4 ans
Est-ce fermé à la fête de Victoria ou à la Saint-Jean?
je suis las d'attendre, ça fait deux ans
le pont Champlain était bloqué, j'ai manqué mon rendez-vous
je suis en plein dans mes rénos, je peux déplacer le rendez-vous?
mon mobile lit pas le code
la mer est belle mais je veux juste payer les frais
j'ai un passeport mexicain, je suis né au Mexique
je l'a pas reçu la lettre, il l'a envoyée où
En mars je suis au sud, en mai au nord
Dans [la Ville-Reine](city:Toronto at) ils font ça sans rendez-vous y paraît
[l'Île-du-Prince-Édouard](city:Charlottetown) c'est loin
je viens de [Saguenay](city:Saguenay home)
je vais à [Porto Rico](city:San Juan destination), c'est les États-Unis ça?
on part en [Italie](city:Italy destination) en juin
mon avion pour [le Costa Rica](city:Costa Rica destination)
départ de [Winnipeg](city:Winnipeg origin) vers [Denver](city:Denver destination)
vol de [Rouyn](city:Rouyn-Noranda origin) à [Montreal](city:Montréal destination)
j’habite à [Saint-Jean-sur-Richelieu](city:Saint-Jean-sur-Richelieu home)
les centres de la Colombie-Britannique svp
un centre près de [Sherbrooke](city:Sherbrooke home) ou de [Granby](city:Granby home)
est-ce que ça marche pour aller à [Londres](city:London destination) ou à [Paris](city:Paris destination)
mon passeport est resté à [Paris](city:Paris at)
Vol [Mtl](city:Montréal origin) vers [NY](city:New York destination)
"""


@pytest.mark.parametrize(("text", "expected"), marked(ENGLISH))
def test_english(text: str, expected: list[Found]) -> None:
    assert bare(find(text)) == expected


@pytest.mark.parametrize(("text", "expected"), marked(FRENCH))
def test_french(text: str, expected: list[Found]) -> None:
    assert bare(find(text)) == expected


def meanings(text: str) -> list[tuple[str, str]]:
    """What the last place of `text` could mean, as value and country, the likeliest first."""
    extra = find(text)[-1].extra or {}
    return [(meaning["value"], meaning["country"]) for meaning in extra.get("meanings", ())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Portland", [("Portland (Oregon)", "US"), ("Portland (Maine)", "US")]),
        ("I live in London", [("London (Ontario)", "CA"), ("London", "GB")]),
        ("to London", [("London", "GB"), ("London (Ontario)", "CA")]),
        ("from Toronto to Naples", [("Fort Myers", "US"), ("Naples", "IT")]),
        ("je vais à Sydney", [("Sydney", "AU"), ("Sydney (Nova Scotia)", "CA")]),
        ("Kingston", [("Kingston (Ontario)", "CA"), ("Kingston", "JM")]),
        ("Richmond", [("Richmond (British Columbia)", "CA"), ("Richmond (Virginia)", "US")]),
        ("Burlington", [("Burlington (Ontario)", "CA"), ("Burlington", "US")]),
        ("de Saint-Jean", [("St. John’s", "CA"), ("Saint John", "CA")]),
        ("San José", [("San José (California)", "US"), ("San José (Costa Rica)", "CR")]),
        ("Manchester", [("Manchester", "GB"), ("Manchester (New Hampshire)", "US")]),
    ],
)
def test_a_name_of_several_cities_carries_each_of_them(text: str, expected: list[tuple[str, str]]) -> None:
    assert meanings(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Portland, ME", "Portland (Maine)"),
        ("to Portland ME", "Portland (Maine)"),
        ("Portland, OR", "Portland (Oregon)"),
        ("to London ON", "London (Ontario)"),
        ("to London, Ontario", "London (Ontario)"),
        ("to London (Ontario)", "London (Ontario)"),
        ("to Burlington VT", "Burlington"),
        ("to Burlington, ON", "Burlington (Ontario)"),
        ("to Richmond, BC", "Richmond (British Columbia)"),
        ("to Sydney NS", "Sydney (Nova Scotia)"),
        ("to Sydney Nova Scotia", "Sydney (Nova Scotia)"),
        ("to Naples, Italy", "Naples"),
        ("to Naples FL", "Fort Myers"),
        ("to Vancouver WA", "Vancouver (Washington)"),
        ("to Vancouver BC", "Vancouver"),
        ("to Vancouver", "Vancouver"),
        ("to Windsor", "Windsor"),
        ("to Halifax", "Halifax"),
        ("to Hamilton", "Hamilton"),
        ("to Victoria", "Victoria"),
    ],
)
def test_a_name_with_its_state_has_one_meaning(text: str, value: str) -> None:
    [place] = find(text)
    assert place.value == value
    assert "meanings" not in (place.extra or {})


@pytest.mark.parametrize("text", ["I fly to portland or seattle", "take me to portland on friday"])
def test_a_small_word_is_no_state(text: str) -> None:
    assert find(text)[0].extra == find("Portland")[0].extra


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("le Mexique", "MX"),
        ("vers le Mexique", "MX"),
        ("Japan", "JP"),
        ("nous allons au Portugal", "PT"),
        ("a flight to Germany", "DE"),
        ("to the Dominican Republic", "DO"),
        ("pour la France", "FR"),
        ("via Iceland", "IS"),
    ],
)
def test_a_country_is_heard_as_where_a_flight_goes(text: str, country: str) -> None:
    [place] = find(text)
    assert (place.extra or {})["country"] == country


@pytest.mark.parametrize(
    "text", ["I am a citizen of India", "je suis né en France", "my passport is from Germany", "I was born in Mexico"]
)
def test_a_country_of_birth_is_no_destination(text: str) -> None:
    assert find(text) == []
