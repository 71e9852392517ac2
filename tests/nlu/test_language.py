"""The language of a message, also of fragments, and how sure that is."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.language_choice import SWITCH_CERTAINTY
from bot.formats import Language
from bot.nlu.language import UNKNOWN_WORDS, LanguageDetector, detect

ENGLISH = """
hello
yes
no
thanks
Friday at 2
tomorrow
Can I do it?
my flight
from Vancouver to Seattle
to Boston
flying to LA on Monday
what about Pearson
status?
why
why?
next step
how long
fees
cost
card
help
restart
agent please
when
where is the nearest centre
cbp interview at airport
conditional approval
cbsa done
not yet
Pearson to Boston friday 2pm
renewal
what if i left from Ottawa
i live in Montreal
can my kids come
denied
notify me
appointment availability
no flight
start over
talk to a person
what documents do I bring to Dorval
yep
booked for dec 2
the interview
bonjour, can I ask in English?
""".strip().splitlines()

FRENCH = """
salut
bonjour
oui
non
ok merci
merci
vendredi à 14 h
vendredi a 14h
demain
puis-je
mon vol
de Vancouver à Seattle
vers Boston
je vais a LA lundi
et Pearson
statut?
pourquoi
pourquoi?
prochaine étape
combien de temps
frais
cout
carte
aide
recommencer
annuler
un agent svp
quand
ou est le centre le plus proche
entrevue cbp a l aeroport
approbation conditionnelle
asfc faite
pas encore
Dorval Boston vendredi 14h
renouvellement
et si je partais d Ottawa
jhabite a Montreal
mes enfants
refusé
avertissez moi
rendez-vous disponible
pas de vol
d'accord
parler à une personne
quels documents apporter a Dorval
ouais
cest reserve le 2 dec
jai fait lentrevue
le 3 décembre
mardi
hello, je peux demander en français?
""".strip().splitlines()

# Names, codes, numbers and signs say nothing of the language they stand in.
NAMES = """
YVR
Pearson
Seattle
Dorval
AC 8095
YVR-SEA
Trudeau
123
😀
Lansdowne
Vancouver Seattle
Montréal
Québec
Toronto Boston
New York
Las Vegas
San Francisco
Halifax
AC 123 YVR SEA
Ottawa
documents
ok
""".strip().splitlines()


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text: str) -> None:
    assert detect(text, None)[0] == detect(text, "en")[0] == "en"


@pytest.mark.parametrize("text", FRENCH)
def test_french(text: str) -> None:
    assert detect(text, None)[0] == detect(text, "fr")[0] == "fr"


@pytest.mark.parametrize("expected", ["en", "fr"])
@pytest.mark.parametrize("text", NAMES)
def test_a_name_never_switches_the_language(text: str, expected: Language) -> None:
    language, certainty = detect(text, expected)
    assert language == expected or certainty < SWITCH_CERTAINTY


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Can I do it on my flight on Friday?", "fr", "en"),
        ("what if I left from Ottawa", "fr", "en"),
        ("why?", "fr", "en"),
        ("Puis-je la faire à mon vol de vendredi?", "en", "fr"),
        ("et si je partais d'Ottawa", "en", "fr"),
        ("pourquoi?", "en", "fr"),
    ],
)
def test_a_sentence_switches_the_language_for_certain(text: str, before: Language, after: Language) -> None:
    language, certainty = detect(text, before)
    assert language == after
    assert certainty >= SWITCH_CERTAINTY


def test_spelling_alone_is_less_certain_than_a_switch_takes() -> None:
    assert UNKNOWN_WORDS < SWITCH_CERTAINTY


def test_certainty_lies_between_a_guess_and_one() -> None:
    for text in [*ENGLISH, *FRENCH, *NAMES]:
        assert 0.0 <= detect(text, None)[1] <= 1.0


def test_the_component_marks_messages_and_takes_the_expectation_from_their_metadata() -> None:
    component = LanguageDetector()
    french, bare = Message.build("Puis-je réserver?"), Message.build("YVR")
    bare.set("metadata", {"language": "fr"})
    component.process([french, bare])
    assert (french.get("language"), bare.get("language")) == ("fr", "fr")
    assert french.get("language_certainty") > bare.get("language_certainty") == 0.0
    assert "language" in french.output_properties
