"""Which part of the interview is done, as travellers tell it, and where they say it; questions claim nothing."""

import pytest

from bot.nlu.interviews import find_interview
from bot.nlu.patterns import load_patterns
from bot.nlu.plain import plain
from tests.nlu.marked import Mark, marked

ENGLISH = """
I [have my Canadian interview](scheduled) at Halifax airport on December 3 at 9 am
my [CBSA interview](scheduled) at Lansdowne next Thursday
I [did the Canadian one](completed) last week
hi, i [did the canadian part](completed) at pearson in october, whats next
[Canadian side all done](completed)
the [canadian side is all done](completed), can I do the other on friday
[just need the US half](completed) now
[only the american interview left](completed)
[only missing the CBP part](completed), flying out of YUL dec 3
I [just have the american side left](completed)
all I have [left is the CBP bit](completed)
[done with CBSA](completed), CBP left
[CBSA done](completed) CBP pending
[cbsa interveiw done](completed) last month
already [finished with the Canadians](completed) at YVR
my [CBSA interview went fine](completed) but nobody told me about the rest
[CBSA is out of the way](completed), now what
got my [CBSA done](completed) in Calgary two weeks ago
I've [had my canadian interview](completed), need the us one
i was [interviewed by CBSA](completed) in Ottawa on Nov 3
[met with the canadian officer](completed) yesterday
the [canadian half is behind me](completed)
I [completed the CBSA portion](completed) of my nexus on October 12
[passed the canada border services interview](completed) this morning
since the [CBSA part is complete](completed) can I use any US departure?
if I [did the cbsa bit](completed) in halifax where do i do cbp
[did CBSA](completed) not CBP
CBP left [CBSA done](completed)
[finished both interviews](completed)
my [first interview is done](completed) what do i do for the second
I [did my interview](completed) at the airport last tuesday
wife and I [did our CBSA interviews](completed) together
[haven't done the canadian one](none) yet
i [havent had my CBSA interview](none)
[still need the CBSA interview](none)
[still have to do the canadian side](none) too
I have [not been interviewed by CBSA](none) yet
[never did the Canadian part](none)
[no CBSA appointment](none) so far, they're all full
my [CBSA interview isn't done](none)
[not done CBSA](none) yet but I fly friday
[Canadian part still to do](none)
the [cbsa interview got cancelled](none)
[didn't do either interview](none)
I have a flight but [no interview](none) yet
conditionally approved, [havent done any interview](none)
my [CBSA interview is booked](scheduled) for dec 2
I'm [doing the Canadian one](scheduled) on Tuesday
[doing cbsa](scheduled) next week in ottawa
I [have my CBSA interview](scheduled) on Dec 2
[booked the CBSA interview](scheduled) for the 14th at pearson
[got an appointment with the Canadians](scheduled) friday
my [canadian interview is](scheduled) next thursday
[cbsa appt scheduled](scheduled) for january
[have a CBSA appointment](scheduled) dec 2 1pm, then fly at 5
I [see CBSA](scheduled) on Monday
my [interview is booked](scheduled) for december 4 in edmonton
my [cbsa interview was moved to](scheduled) Dec 9
[CBSA interview](scheduled) Dec 2 in Calgary, then fly Dec 5
I did [everything except the CBP](completed)
I [don't think I did the CBSA interview](none)
i [never got a cbsa interview](none)
[cbsa part of my nexus interview has been completed](completed)
not sure if CBSA is done
did CBSA send my result to the Americans yet
do they say no interviews this afternoon
we can't do the interview, my kid is sick
my Global Entry interview is next week
do I have to have done the CBSA part first?
has anyone done the canadian one at YOW
can I do the Canadian interview on Friday
is the CBSA interview done at the airport
how long before CBSA is done with my file
when is the canadian part done
I want to do the Canadian one in Halifax
I'm going to do the CBSA interview sometime
planning on the Canadian half at some point
where do I book the CBSA interview
i cant find a CBSA appointment
does the CBSA interview have to be done before CBP?
I did the CBP interview first, is that ok
can i do just the us half on my flight
is only the CBP part left to do at the airport?
The CBSA part is done first?
CBSA told me to contact you
Canadian citizen, done with waiting
will the canadian side be done at the same time
"""

FRENCH = """
j'[ai mon entrevue de l'ASFC](scheduled) à l'aéroport d'Halifax le 3 décembre
j'ai [fait celle des Canadiens](completed) la semaine passée
allo jai [fait la partie canadienne](completed) a pearson en octobre, cest quoi la suite
jai [fait lentrevue canadienne](completed) a dorval la semaine passee
et si [mon entrevue était](scheduled) le 3 décembre à 11 h?
et si [l'entrevue de l'ASFC était](scheduled) mardi?
[côté canadien tout fait](completed)
le [cote canadien est fait](completed), puis-je faire l'autre vendredi
il me [manque juste la moitié américaine](completed)
il [reste juste l'entrevue américaine](completed)
il ne me [reste que la partie CBP](completed), je pars de YUL le 3 décembre
il me [reste seulement le côté américain](completed)
[fini avec l'ASFC](completed), reste le CBP
[ASFC faite](completed) CBP en attente
[entrevue asfc faite](completed) le mois dernier
déjà [terminé avec les Canadiens](completed) à YVR
mon [entrevue avec l'ASFC s'est bien passée](completed) mais personne ne m'a parlé du reste
l'[ASFC c'est réglé](completed), et maintenant
j'ai [passé celle de l'ASFC](completed) en octobre
j'ai [eu mon entrevue canadienne](completed), il me faut l'américaine
j'ai été [interviewé par l'ASFC](completed) à Ottawa le 3 novembre
j'ai [rencontré l'agent canadien](completed) hier
la [partie canadienne est derrière moi](completed)
j'ai [complété la portion ASFC](completed) de mon nexus le 12 octobre
[réussi l'entrevue des services frontaliers](completed) ce matin
vu que la [partie ASFC est terminée](completed) puis-je prendre n'importe quel vol?
si j'ai [fait l'asfc](completed) a halifax je fais le cbp où
j'ai [fait l'ASFC](completed) pas le CBP
j'ai [fait les deux entrevues](completed)
ma [première entrevue est faite](completed), et la deuxième?
j'ai [fait mon entrevue](completed) à l'aéroport mardi passé
ma femme et moi avons [fait nos entrevues de l'ASFC](completed) ensemble
on a [passé l'entrevue avec l'asfc](completed) à Dorval
je n'ai [pas fait celle des Canadiens](none) encore
jai [pas eu mon entrevue ASFC](none)
il me [reste l'entrevue de l'ASFC](none)
je [dois encore faire le côté canadien](none)
je n'ai [pas encore été interviewé par l'ASFC](none)
j'ai [jamais fait la partie canadienne](none)
[aucun rendez-vous ASFC](none) pour l'instant, tout est plein
mon [entrevue avec l'ASFC n'est pas faite](none)
[pas fait l'ASFC](none) encore mais je pars vendredi
[partie canadienne encore à faire](none)
l'[entrevue de l'asfc a été annulée](none)
je n'ai [fait ni l'une ni l'autre](none)
j'ai un vol mais [pas encore d'entrevue](none)
approuvé sous condition, [aucune entrevue](none) encore
mon [entrevue ASFC est réservée](scheduled) pour le 2 décembre
je [passe celle de l'ASFC](scheduled) mardi
je [fais l'ASFC](scheduled) la semaine prochaine à ottawa
j'[ai mon entrevue de l'ASFC](scheduled) le 2 décembre
j'ai [réservé l'entrevue de l'ASFC](scheduled) pour le 14 à pearson
j'[ai rendez-vous avec les Canadiens](scheduled) vendredi
mon [entrevue canadienne est](scheduled) jeudi prochain
[rdv asfc prévu](scheduled) en janvier
j'[ai un rdv avec l'ASFC](scheduled) le 2 déc 13h puis je vole à 17h
je [vois l'ASFC](scheduled) lundi
mon [entrevue est réservée](scheduled) le 4 décembre à edmonton
mon [entrevue asfc est déplacée](scheduled) au 9 décembre
j'ai [tout fait sauf le CBP](completed)
j'ai tout fait [sauf l'ASFC](none)
cest [fait avec lasfc](completed)
[reste plus que les américains](completed)
la [canadienne est faite](completed), reste l'autre
je dois remettre ma rencontre du 18 avec l'ASFC
l'ASFC a fait suivre mes affaires
à cause de l'entrevue j'ai raté mon avion
est-ce que je dois avoir fait la partie canadienne avant?
quelqu'un a-t-il fait la partie canadienne à YOW
puis-je faire l'entrevue canadienne vendredi
est-ce que l'entrevue de l'ASFC est faite à l'aéroport
quand la partie canadienne est-elle faite
je veux faire la partie canadienne à Halifax
je vais passer l'entrevue de l'ASFC un jour
comment on fait l'entrevue de l'ASFC
où réserver l'entrevue de l'ASFC
je ne trouve pas de rendez-vous avec l'ASFC
faut-il que l'ASFC soit faite avant le CBP
j'ai fait l'entrevue du CBP en premier, c'est correct?
puis-je faire juste la moitié américaine à mon vol
l'entrevue canadienne est faite en premier?
l'ASFC m'a dit de vous écrire
citoyen canadien, tanné d'attendre
la partie canadienne sera-t-elle faite en même temps
"""


def found(text: str) -> list[Mark]:
    return [Mark(each.value, each.start, each.end) for each in find_interview(plain(text), load_patterns())]


@pytest.mark.parametrize(("text", "expected"), marked(ENGLISH))
def test_english(text: str, expected: list[Mark]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), marked(FRENCH))
def test_french(text: str, expected: list[Mark]) -> None:
    assert found(text) == expected
