"""What travellers say of their own file. A row: the message, then the claims heard in it; questions make no claim."""
# ruff: noqa: E501 - a row is a line

from datetime import datetime

import pytest

from bot.formats import Language
from bot.nlu.entities import EntityRules, load_rules
from bot.nlu.patterns import load_patterns
from tests.nlu.tables import rows

ENGLISH = """
I am conditionally approved | application_status conditionally_approved
I'm conditionally approved but haven't done the CBSA interview | application_status conditionally_approved; cbsa_interview none
I got conditional approval last month | application_status conditionally_approved
cond. approved since May | application_status conditionally_approved
I was pre-approved | application_status conditionally_approved
I have not applied yet | application_status not_submitted
I haven't applied | application_status not_submitted
I want to apply | application_status not_submitted
I never submitted my application | application_status not_submitted
not approved yet | application_status pending_review
I'm not conditionally approved yet | application_status pending_review
no approval yet | application_status pending_review
my application is pending review | application_status pending_review
still under review | application_status pending_review
it is in review | application_status pending_review
I was denied | application_status denied
my application got refused | application_status denied
I am approved | application_status approved
I've been approved | application_status approved
I did my CBSA interview | cbsa_interview completed
I did the Canadian part at Pearson | cbsa_interview completed
I have completed my CBSA interview | cbsa_interview completed
my CBSA interview is done | cbsa_interview completed
the Canadian side is complete | cbsa_interview completed
Canadian part done | cbsa_interview completed
CBSA done | cbsa_interview completed
I passed the CBSA interview last week | cbsa_interview completed
I've done the CBSA one | cbsa_interview completed
I had my CBSA interview yesterday | cbsa_interview completed
I already had my interview with CBSA | cbsa_interview completed
I already did my interview with the Canadians | cbsa_interview completed
I have not done the CBSA part | cbsa_interview none
I haven't done my CBSA interview | cbsa_interview none
I didn't do the Canadian interview yet | cbsa_interview none
I have not yet done the CBSA interview | cbsa_interview none
no CBSA interview yet | cbsa_interview none
my CBSA part is not done | cbsa_interview none
my CBSA interview isn't booked yet | cbsa_interview none
I don't have a CBSA appointment | cbsa_interview none
I have my CBSA interview booked for December 2 | cbsa_interview scheduled
my CBSA interview is scheduled for December 2 at 1 pm | cbsa_interview scheduled
I have a CBSA appointment on Dec 2 | cbsa_interview scheduled
my CBSA interview is next Tuesday at Pearson | cbsa_interview scheduled
I booked my CBSA interview | cbsa_interview scheduled
My CBSA interview is booked | cbsa_interview scheduled
it was shared with CBP | shared yes
the result was not shared | shared no
it has not been shared yet | shared no
CBSA hasn't shared it yet | shared no
they shared my result with CBP | shared yes
my file was sent to CBP | shared yes
has my file been shared? |
it has been shared | shared yes
it wasn't shared | shared no
Can I do my CBP interview before the CBSA one? |
Do I need the CBSA interview to be done first? |
when will my CBSA interview be booked |
What if I had done the CBSA part in Ottawa? | cbsa_interview completed
what if it were shared | shared yes
what if it was not shared | shared no
My CBSA interview was yesterday at YVR | cbsa_interview completed
I finished with CBSA | cbsa_interview completed
Conditionally approved, no interview yet | application_status conditionally_approved; cbsa_interview none
Still in review | application_status pending_review
Yes, it was shared | shared yes
No, or I do not know |
My CBSA interview is done | cbsa_interview completed
I was approved conditionally | application_status conditionally_approved
how long does it take to be conditionally approved? |
I was told I'm approved conditionally | application_status conditionally_approved
my interview with CBSA is done | cbsa_interview completed
the interview with the CBSA was completed in October | cbsa_interview completed
Is the CBSA interview done at the airport? |
Can I do the CBP part on my flight to Seattle I did the CBSA part at YVR | cbsa_interview completed
I don't know if it was shared |
how do I know if I was approved |
there is no free appointment for the CBSA interview |
can I do the CBP part if my CBSA interview is done | cbsa_interview completed
"""

FRENCH = """
aucune idée si c'est transmis |
je suis approuvé conditionnellement | application_status conditionally_approved
j'ai l'approbation conditionnelle | application_status conditionally_approved
ma demande est conditionnellement approuvée | application_status conditionally_approved
j'ai été approuvée sous condition | application_status conditionally_approved
approbation conditionnelle recue en octobre | application_status conditionally_approved
j'ai eu ma préautorisation | application_status conditionally_approved
je suis préapprouvé | application_status conditionally_approved
je n'ai pas encore fait ma demande | application_status not_submitted
je n'ai pas encore présenté de demande | application_status not_submitted
je veux faire une demande | application_status not_submitted
je compte présenter une demande | application_status not_submitted
pas encore approuvé | application_status pending_review
je ne suis pas encore approuvée | application_status pending_review
ma demande est en cours d'examen | application_status pending_review
ma demande est à l'étude | application_status pending_review
encore à l'étude | application_status pending_review
Encore à l’étude | application_status pending_review
en attente d'examen | application_status pending_review
ma demande est en traitement | application_status pending_review
ma demande a été refusée | application_status denied
j'ai été refusé | application_status denied
je suis approuvé | application_status approved
ma demande a été approuvée | application_status approved
j'ai fait mon entrevue avec l'ASFC | cbsa_interview completed
j'ai passé l'entrevue de l'ASFC | cbsa_interview completed
j'ai fait la partie canadienne | cbsa_interview completed
j'ai fait la partie ASFC à Pearson | cbsa_interview completed
mon entrevue avec l'ASFC est faite | cbsa_interview completed
Mon entrevue avec l’ASFC est faite | cbsa_interview completed
la partie canadienne est faite | cbsa_interview completed
la partie canadienne est terminée | cbsa_interview completed
partie canadienne faite | cbsa_interview completed
ASFC faite | cbsa_interview completed
j'ai déjà fait l'ASFC | cbsa_interview completed
j'ai deja passe mon entrevue asfc a dorval | cbsa_interview completed
je n'ai pas encore fait l'entrevue de l'ASFC | cbsa_interview none
je n'ai pas fait la partie canadienne | cbsa_interview none
je n'ai pas passé l'entrevue avec l'ASFC | cbsa_interview none
pas encore d'entrevue | cbsa_interview none
Approbation conditionnelle, pas encore d’entrevue | application_status conditionally_approved; cbsa_interview none
aucune entrevue avec l'ASFC | cbsa_interview none
l'entrevue avec l'ASFC n'est pas encore faite | cbsa_interview none
ma partie canadienne n'est pas faite | cbsa_interview none
mon entrevue avec l'ASFC est réservée | cbsa_interview scheduled
Mon entrevue avec l’ASFC est réservée | cbsa_interview scheduled
mon entrevue avec l'ASFC est prévue le 2 décembre | cbsa_interview scheduled
j'ai un rendez-vous avec l'ASFC le 2 décembre à 13 h | cbsa_interview scheduled
mon entrevue ASFC est mardi prochain à Dorval | cbsa_interview scheduled
j'ai réservé mon entrevue avec l'ASFC | cbsa_interview scheduled
mon rdv asfc est le 2 décembre | cbsa_interview scheduled
le résultat a été transmis au CBP | shared yes
le dossier a été partagé | shared yes
il n'a pas encore été transmis | shared no
ça n'a pas été partagé | shared no
Oui, il a été transmis | shared yes
Non, ou je ne sais pas |
mon dossier n'est pas transmis | shared no
l'ASFC a transmis mon dossier | shared yes
l'ASFC n'a pas transmis mon dossier | shared no
est-ce que mon dossier a été transmis? |
Et si la partie canadienne était faite? | cbsa_interview completed
et si le dossier avait été transmis | shared yes
Faut-il passer l'entrevue de l'ASFC avant? |
puis-je faire le CBP avant l'ASFC |
quand passer l'entrevue avec l'ASFC |
j'ai eu mon entrevue avec l'ASFC hier | cbsa_interview completed
j'ai terminé avec l'ASFC | cbsa_interview completed
j'ai complété mon entrevue canadienne | cbsa_interview completed
je l'ai faite à Dorval |
entrevue ASFC passée à Montréal | cbsa_interview completed
je ne sais pas si le dossier a été transmis |
je cherche un rendez-vous avec l'ASFC le plus tôt possible |
l'ASFC a-t-elle transmis mon dossier? |
quand ma demande sera-t-elle approuvée conditionnellement? |
si mon entrevue avec l'ASFC est faite, puis-je faire celle du CBP? | cbsa_interview completed
"""

KINDS = ("application_status", "cbsa_interview", "shared")


@pytest.fixture(scope="module")
def rules() -> EntityRules:
    return load_rules()


def claims(rules: EntityRules, text: str, language: Language) -> list[str]:
    found = rules.find(text, language, datetime.fromisoformat("2026-11-21T12:00"))
    return sorted(f"{each.entity} {each.value}" for each in found if each.entity in KINDS)


@pytest.mark.parametrize(("text", "expected"), rows(ENGLISH))
def test_english(rules: EntityRules, text: str, expected: list[str]) -> None:
    assert claims(rules, text, "en") == sorted(expected)


@pytest.mark.parametrize(("text", "expected"), rows(FRENCH))
def test_french(rules: EntityRules, text: str, expected: list[str]) -> None:
    assert claims(rules, text, "fr") == sorted(expected)


def test_a_negative_stands_before_its_positive() -> None:
    order = list(dict.fromkeys((entity, value) for entity, value, _ in load_patterns().claims))
    for entity, negative, positive in (
        ("shared", "no", "yes"),
        ("application_status", "pending_review", "conditionally_approved"),
        ("application_status", "conditionally_approved", "approved"),
        ("application_status", "not_submitted", "approved"),
    ):
        assert order.index((entity, negative)) < order.index((entity, positive))
