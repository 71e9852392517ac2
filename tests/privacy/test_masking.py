"""What is hidden and what stays, sentence by sentence; [brackets] mark what must be hidden, all else must stay."""

import re
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.privacy.masking import MASK, mask, passes_luhn

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)

ENGLISH = """
My PASSID is [981234567].
My PASSID is [981 234 567], can you check it?
passid [98-1234-567]
It says [9 8 1 2 3 4 5 6 7] on the back of the card
PASSID:[981234567]; DOB:[1985-03-14]
[981,234,567] is my number
My membership number is [102345678]
passport [AB123456] issued in Ottawa
My passport is [P123456AA] and I fly to Seattle
US passport [A12345678] here
passport number [AB 123456]
My application number is [GOES12345]
Application number: [APP980001]
application no. [NX-2026-00123]
file number [NX12AB34] please
My card [4111 1111 1111 1111] was charged twice
card [5500-0000-0000-0004] was refused
Amex [378282246310005] was charged
write to [jeanne.tremblay+nexus@exemple.gc.ca].
me at [john (at) example.com] please
Call me at [604-555-0123]
Call me at [(514) 555-0123] after 9:00
my cell is [+1 416 555 0199]
phone [555-0123]
from abroad [+33 6 12 34 56 78]
[416.555.0199] is the best way to reach me
I was born on [March 14, 1985]
born [14 March 1985] in Toronto
DOB [03/14/1985]
date of birth: [14-03-1985]
My birthday is [1985/03/14]
D.O.B. [14.03.85]
my daughter was born on [May 3, 2024]
birthdate [19850314]
I am [14MAR1985]
It is [March 14th, 1985], for the file
my wife was born on the 14th of March
[9/3/1984] is my date of birth
I was born in 1985 and fly on November 27, 2026
born in Canada, I fly on 2026-11-27 at 14:30
Can I do my CBP interview on AC 8043 to Seattle on 2026-11-27 at 14:30?
Flight WS1204 from YYC on 27/11/2026, back on 04/12/2026
AC 550 YVR-LAX, November 25 at 2:00 p.m., seat 23A, gate 84
Is centre 5020 open? And 14300?
It costs US$120, not $1,204.50 or 100000 dollars
Room 204, 2nd floor, terminal 3
What changed on January 25, 2023 and on 2024-10-01?
Between 8:00 and 16:30, Monday 23 to Friday 27 November 2026
My renewal expires 2026-12-31; I applied 2 March 2026
I leave on 11-27-26 at 0830 and return 12-05-26
AC 8043, AC 8044 and AC 8045 leave at 0700, 0930 and 1145
The flight is 20261127 at 1430
I waited 45 minutes, 3 times, in 2025 and 2026
the rule of 2026-03-10 about YTZ
SIN [046 454 286] and PASSID [981234567]
permit number [123 456 7] was lost
text me at [604 555 0199], I land at 21:05
driver's licence [D1234-567890]
from Vancouver (YVR) to Seattle (SEA), 2 adults and 1 child, $50 each
It is 1,204 km and 95% done; 3 of 5 steps
it is [980/000/001], or [980 * 000 * 001], or [980:000:001]
[4111/1111/1111/1111] was charged
it says [nine eight zero zero zero zero zero zero one] on the card
write to [jane at example dot com] please
[jane@exämple.рф] is mine
I was born on [1985 / 03 / 14]
I'm @ YVR. Can I do it now?
gates 84, 85 and 86; one or two bags, one child, two of three steps
"""

FRENCH = """
Mon PASSID est le [981234567].
PASSID [981 234 567] svp
mon numéro PASSID : [981-234-567]
c’est écrit [9 8 1 2 3 4 5 6 7] au verso
mon passeport [AB123456] expire bientôt
numéro de passeport [AB 123456]
passeport canadien [P123456AA]
mon numéro de demande est [GOES12345]
No de dossier : [NX12AB34]
numéro de demande [APP980001], merci
ma carte [4111 1111 1111 1111] a été débitée
la carte [4111-1111-1111-1111] ne passe pas
écrivez à [françois.côté@exemple.ca], merci
mon courriel : [lea@exemple.qc.ca]
appelez-moi au [514 555-0123]
tél. [(418) 555-0123] poste 22
mon cellulaire : [438.555.0199]
mon numéro est le [555-0123]
de France : [+33 6 12 34 56 78]
je suis né le [14 mars 1985]
née le [1er avril 1979] à Québec
né(e) le [14/03/1985]
Je suis nee le [3 août 1990]
ma fille est née le [3 mai 2024]
date de naissance : [1985-03-14]
DDN [14.03.1985]
mon anniversaire est le [14 mars 1985]
naissance [14-03-85]
le [14 mars 1985] est ma date de naissance
[2 févr. 1971], c’est moi
le [25 décembre 1968]
nés le [7 juillet 2001]
mon passeport et ma date : [AB123456], [14 mars 1985]
née à Montréal, je pars le 27 novembre 2026
Je suis né en 1985 et je prends l’avion le 27/11/2026
Est-ce que je peux faire l’entrevue au vol AC 8043 vers Seattle le 27 novembre 2026 à 14 h 30 ?
vol WS1204, départ de YYC à 8 h, retour le 4 décembre à 16 h 45
le vol PD 2145 part de YTZ le 2026-12-01 à 7 h 05
Le centre 5020 est-il ouvert ? Et le 14300 ?
Cela coûte 120 $ US, pas 1 204,50 $ ni 100000 $
salle 204, 2e étage, porte 84, rangée 23
Que dit le communiqué du 25 janvier 2023 ?
depuis le 1er octobre 2024, c’est 120 $
du lundi 23 au vendredi 27 novembre 2026, de 8 h à 16 h 30
j’ai fait ma demande le 2 mars 2026, elle expire le 31/12/2026
je ne le sais pas avant le 2026-11-30
AC 8043, AC 8044 et AC 8045 partent à 7 h, 9 h 30 et 11 h 45
vol le 27-11-26 à 8h30, retour le 05-12-26
j’ai attendu 45 minutes, 3 fois, en 2025 et en 2026
le 20261127 à 1430
YUL, YQB ou YOW ? 200 km ou 1 204 km ?
rendez-vous le 3 décembre 2026 à 13:15
c’est [980/000/001] ou [neuf huit zéro zéro zéro zéro zéro zéro un]
écrivez à [lea arobase exemple point ca] svp
un ou deux bagages, trois vols, à sept ou huit heures
entre 2020 et 2026, puis 2031
je suis à 1 h 30 de YVR et de YYC
la règle du 10 mars 2026 pour YTZ
NAS [046 454 286] et PASSID [981234567]
joignez-moi au [819 555 0142] dès 17 h
permis [123456789]
Ma date de naissance : [1985/3/14]. Mon vol : 2026/11/27.
2 adultes et 1 enfant, 50 $ chacun, de YVR à SEA
"""


def _table(text: str) -> list[str]:
    return [line for line in text.strip().splitlines() if line]


def _expected(line: str) -> tuple[str, str]:
    plain = line.replace("[", "").replace("]", "")
    return plain, re.sub(r"\[([^]]*)\]", lambda match: MASK * len(match.group(1)), line)


@pytest.mark.parametrize("line", _table(ENGLISH) + _table(FRENCH))
def test_hides_what_identifies_and_nothing_else(line: str) -> None:
    plain, expected = _expected(line)
    masked = mask(plain, NOW)
    assert masked.text == expected
    assert [span.end - span.start for span in masked.spans] == [len(part) for part in re.findall(r"\[([^]]*)\]", line)]


def test_there_are_enough_sentences_in_each_language() -> None:
    assert min(len(_table(ENGLISH)), len(_table(FRENCH))) >= 40


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("981234567", "document"),
        ("4111 1111 1111 1111", "card"),
        ("a@b.ca", "email"),
        ("604-555-0123", "phone"),
        ("born 1985-03-14", "birth_date"),
    ],
)
def test_says_what_it_was(text: str, kind: str) -> None:
    assert [span.kind for span in mask(text, NOW).spans] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "９８１２３４５６７",
        "9\u200b8\u200b1\u200b2\u200b3\u200b4\u200b5\u200b6\u200b7",
        "٩٨١٢٣٤٥٦٧",
        "981\u202f234\u202f567",
        "981‑234‑567",
        "1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣",
        "⁹⁸¹²³⁴⁵⁶⁷",
    ],
)
def test_other_scripts_and_invisible_characters_hide_nothing(text: str) -> None:
    masked = mask(text, NOW).text
    assert not any(character.isdigit() for character in masked)
    assert len(masked) == len(text)


PARTS = st.one_of(
    st.sampled_from(
        [
            "981234567",
            "98 12 34 567",
            "2026-11-27",
            "14:30",
            "born ",
            "née le ",
            "AC 8043",
            "14/03/1985",
            "@",
            ".ca",
            " ",
            ",",
            "-",
            "/",
            "12",
            "1985",
            "mars",
            " May ",
            "(",
            ")",
            "+1",
            "$",
            "\u200b",
            "é",
            "passport ",
            "•",
            "tel ",
        ]
    ),
    st.text(max_size=12),
    st.text("0123456789 -.,/()", max_size=20),
)
TEXTS = st.lists(PARTS, max_size=14).map("".join)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_no_run_of_nine_digits_is_left_and_masking_again_changes_nothing(text: str) -> None:
    masked = mask(text, NOW)
    assert len(masked.text) == len(text)
    assert not re.search(r"\d{9}", masked.text)
    assert mask(masked.text, NOW).text == masked.text
    for before, after in zip(text, masked.text, strict=True):
        assert after in (before, MASK)
    hidden = {place for span in masked.spans for place in range(span.start, span.end)}
    assert all((place in hidden) or text[place] == masked.text[place] for place in range(len(text)))


NUMBER = st.from_regex(r"\A[1-9][0-9]{8}\Z")


@given(NUMBER, st.sampled_from(["{}{}{}", "{} {} {}", "{}-{}-{}", "{}\u00a0{}\u00a0{}"]), TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_passid_is_hidden_in_any_sentence(number: str, form: str, before: str, after: str) -> None:
    written = form.format(number[:3], number[3:6], number[6:])
    assert written not in mask(f"{before} {written} {after}", NOW).text


@pytest.mark.parametrize(
    "text",
    [
        "12/11/" * 333,
        "1 " * 1000,
        "1.a(at) " * 250,
        "passport " * 222,
        "a" * 1999 + "@",
        "1a" * 1000,
        "né le 1/1/1 " * 160,
        "12 345 6789, " * 150,
        "(604) 555-0123 " * 130,
        "1" * 2000,
        "a.b" * 660 + "@",
        "é1" * 1000,
        "1-1-1 mars " * 180,
    ],
    ids=lambda text: text[:8],
)
def test_the_longest_texts_take_no_time_worth_speaking_of(text: str) -> None:
    began = time.process_time()
    mask(text[:2000], NOW)
    assert time.process_time() - began < 0.25


def test_the_check_digit() -> None:
    assert passes_luhn("4111111111111111")
    assert not passes_luhn("4111111111111112")


def test_an_old_date_is_hidden_and_a_recent_one_is_not() -> None:
    assert MASK in mask("on 2020-11-20", NOW).text
    assert MASK not in mask("on 2021-11-20", NOW).text
