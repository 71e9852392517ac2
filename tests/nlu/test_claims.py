"""What travellers say of their application, of its sharing and of how they travel; questions claim nothing."""

from datetime import datetime

import pytest

from bot.nlu.entities import load_rules
from tests.nlu.marked import Mark, marked

NOW = datetime.fromisoformat("2026-11-21T12:00")
RULES = load_rules()
KINDS = ("application_status", "shared", "travel_mode")

ENGLISH = """
hi im [conditionally approved](application_status:conditionally_approved) since june, now what
got my [conditional approval](application_status:conditionally_approved) email yesterday
status says [CONDITIONALLY APPROVED](application_status:conditionally_approved)
the TTP site shows [conditional approval](application_status:conditionally_approved) for both of us
[conditionaly aproved](application_status:conditionally_approved) 2 weeks ago
we were [approved conditionally](application_status:conditionally_approved) in may
I'm [pre-approved](application_status:conditionally_approved) for nexus
finally [preapproved](application_status:conditionally_approved)!!
my application is [still pending](application_status:pending_review)
status [pending review](application_status:pending_review) since march 2025
[still under review](application_status:pending_review) after 14 months
[not approved](application_status:pending_review) yet but I fly to LA soon
I [haven't been approved](application_status:pending_review) yet
[waiting for conditional approval](application_status:pending_review)
it's [being processed](application_status:pending_review) they say
[haven't applied](application_status:not_submitted) yet
I [didn't apply](application_status:not_submitted) yet, can I still do the interview
[thinking of applying](application_status:not_submitted) next year
before I [submit my application](application_status:not_submitted) I have a question
my application was [denied](application_status:denied) in august
I got [refused](application_status:denied) because of an old fine
they [rejected my application](application_status:denied)
was [denied](application_status:denied) because of an old charge
[nothing has been shared](shared:no) so far
they refused to do my interview
my card was refused at the gate
denied boarding
they [turned me down](application_status:denied)
I've been [fully approved](application_status:approved), card in the mail
I'm [approved](application_status:approved), where is my card
[got approved](application_status:approved) last week after both interviews
cbsa done nov 3 in vancouver [and shared](shared:yes), can i do cbp?
CBSA done Nov 2 at Pearson, [shared](shared:yes). ok?
it was done in June in Calgary [and yes shared](shared:yes)
CBSA said it [was shared](shared:yes) the same day
they [shared it with CBP](shared:yes) on tuesday
my results [were sent to CBP](shared:yes)
it's [been passed on to the Americans](shared:yes)
[already shared](shared:yes) I think yes
the officer [sent it to the US side](shared:yes)
my file [has not been shared](shared:no) yet
CBSA [hasn't shared it](shared:no)
it [wasn't sent to CBP](shared:no)
[not shared](shared:no) so far
they [never shared](shared:no) anything
im [driving](travel_mode:road) to Buffalo saturday
going [by car](travel_mode:road) through peace arch
we take the [bus](travel_mode:road) to seattle
[road trip](travel_mode:road) to maine
taking [amtrak](travel_mode:rail) to portland
[by train](travel_mode:rail) from vancouver to seattle
the [train from Vancouver](travel_mode:rail) to seattle on friday
on the [ferry](travel_mode:ferry) from victoria to port angeles
the [clipper](travel_mode:ferry) from victoria
on a [private jet](travel_mode:private_air) out of YYC
we fly [our own plane](travel_mode:private_air)
[charter flight](travel_mode:private_air) to aspen
how long until I'm conditionally approved?
has my file been shared with CBP
was it sent to CBP?
when will they share it
did CBSA share my file?
is my application approved
do I have to be approved first
can I drive to the airport after
I'll drive to pearson and fly at 9
driver's licence as ID?
the train to the airport
does conditional approval expire
what is conditional approval?
I shared a cab
send me the link
"""

FRENCH = """
asfc faite a dorval en octobre, [transmise](shared:yes)
allo jsuis [approuvé sous condition](application_status:conditionally_approved) depuis juin
reçu mon [approbation conditionnelle](application_status:conditionally_approved) hier
mon statut: [APPROUVÉ SOUS CONDITIONS](application_status:conditionally_approved)
le site dit [approbation conditionnelle](application_status:conditionally_approved) pour nous deux
[aprouvée conditionnellement](application_status:conditionally_approved) ya 2 semaines
on a été [approuvés conditionnellement](application_status:conditionally_approved) en mai
je suis [préapprouvée](application_status:conditionally_approved) pour nexus
jai eu ma [preautorisation](application_status:conditionally_approved)
j'ai la [préapprobation](application_status:conditionally_approved)
ma demande est [toujours en attente](application_status:pending_review)
statut [en attente d'examen](application_status:pending_review) depuis mars 2025
[encore à l'étude](application_status:pending_review) après 14 mois
ma demande est [en cours de traitement](application_status:pending_review)
[pas encore approuvé](application_status:pending_review) mais je pars bientôt pour LA
je ne suis [pas approuvée](application_status:pending_review) encore
[j'attends l'approbation conditionnelle](application_status:pending_review)
ils sont en train de [l'étudier](application_status:pending_review)
j'ai [pas encore fait ma demande](application_status:not_submitted)
je n'ai [pas fait de demande](application_status:not_submitted), puis-je quand même
je [pense faire une demande](application_status:not_submitted) l'an prochain
avant de [soumettre ma demande](application_status:not_submitted) j'ai une question
ma demande a été [refusée](application_status:denied) en août
j'ai été [refusé](application_status:denied) à cause d'une vieille amende
ils ont [rejeté ma demande](application_status:denied)
l'agent a refusé de faire l'entrevue
on m'a refusé l'embarquement
[rien n'a été transmis](shared:no) encore
ma demande est [approuvée](application_status:approved) enfin
ils m'ont [refusé](application_status:denied)
je suis [approuvée](application_status:approved), où est ma carte
j'ai été [approuvé](application_status:approved) la semaine passée après les deux entrevues
[tout approuvé](application_status:approved), carte en route
l'ASFC dit que [c'est transmis](shared:yes)
ils [l'ont partagé avec le CBP](shared:yes) mardi
mes résultats [ont été envoyés au CBP](shared:yes)
ça [a été communiqué aux Américains](shared:yes)
[déjà transmis](shared:yes) je crois
l'agent [l'a envoyé au CBP](shared:yes)
mon dossier n'est [pas encore transmis](shared:no)
l'ASFC ne l'a [pas partagé](shared:no)
ça n'a [pas été envoyé au CBP](shared:no)
[pas transmis](shared:no) encore
ils ont [jamais transmis](shared:no) quoi que ce soit
je vais [en voiture](travel_mode:road) à Buffalo samedi
on y va [en char](travel_mode:road) par lacolle
on prend l'[autobus](travel_mode:road) pour new york
je [conduis](travel_mode:road) jusqu'à Plattsburgh
je prends [Amtrak](travel_mode:rail) vers new york
[en train](travel_mode:rail) de montréal à new york
le [train de Vancouver](travel_mode:rail) à seattle vendredi
le [traversier](travel_mode:ferry) de victoria à port angeles
[en bateau](travel_mode:ferry) vers seattle
en [jet privé](travel_mode:private_air) de YYC
[vol nolisé](travel_mode:private_air) vers aspen
[notre propre avion](travel_mode:private_air)
combien de temps avant d'être approuvé conditionnellement?
mon dossier a-t-il été transmis au CBP
est-ce que c'est envoyé au CBP?
quand vont-ils le partager
l'ASFC a-t-elle partagé mon dossier?
ma demande est-elle approuvée
faut-il être approuvé avant
puis-je conduire jusqu'à l'aéroport
je prends ma voiture pour l'aéroport et je pars à 9 h en avion
permis de conduire comme pièce d'identité?
le train vers l'aéroport
l'approbation conditionnelle expire-t-elle
c'est quoi l'approbation conditionnelle?
j'ai partagé un taxi
envoyez-moi le lien
"""


def found(text: str) -> list[Mark]:
    # These patterns hold for both languages; the language matters to places and times only.
    return [Mark(f"{e.entity}:{e.value}", e.start, e.end) for e in RULES.find(text, "en", NOW) if e.entity in KINDS]


@pytest.mark.parametrize(("text", "expected"), marked(ENGLISH))
def test_english(text: str, expected: list[Mark]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), marked(FRENCH))
def test_french(text: str, expected: list[Mark]) -> None:
    assert found(text) == expected
