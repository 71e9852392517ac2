"""Every text of the policy, and the leads of the answers: both languages, and each as its readers write it."""

import re
from collections.abc import Iterator

import pytest

from bot.guidance.policy import Text
from bot.policy import Everything
from bot.settings import ROOT
from bot.texts import Catalogue

ENGLISH = re.compile(
    r"\b(the|and|of|with|your|you|is|are|be|for|from|this|that|will|can|not|interview|flight|fee|approved)\b", re.I
)
FRENCH = re.compile(r"\b(le|les|des|une|et|du|avec|votre|vous|est|sont|pour|dans|qui|pas|entrevue|vol|frais)\b", re.I)
# What is quoted, and the names of newspapers and sites, stay in their own language.
FOREIGN = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|The Points Guy|Your Mileage May Vary")

SIGNS_OF_BOTH = {r"'": "use ’", r"  ": "one space is enough", r"\.\.\.": "say it, or use …"}
SIGNS_OF_FRENCH = {
    r'"': "use « »",
    r" :": "a no-break space stands before the colon",
    r"[\s\u00a0][;?!]": "no space stands before ; ? ! in Canadian French",
    r"«(?!\u00a0)|(?<!\u00a0)»": "no-break spaces stand inside « »",
    r"\d:\d\d|\d h\b": "write 14 h 30 with no-break spaces",
    r"\$\d|\d \$": "write 120 $ US with no-break spaces",
    r"\b1 (janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)": "write 1er",
}
SIGNS_OF_ENGLISH = {r"«|»": "use “ ”", r"\d h\b": "write 2:30 p.m.", r"\d \$": "write US$120"}


def statements(everything: Everything) -> Iterator[tuple[str, Text]]:
    for statement in everything.statements.values():
        yield statement.id, statement.text
    for notice in everything.policy.notices:
        yield notice.code, notice.text
    for name, centre in everything.centres.items():
        if centre.note is not None:
            yield f"{name}.note", centre.note.text()
    catalogue = Catalogue.load(ROOT / "data" / "responses")
    for key in catalogue.keys():  # noqa: SIM118
        if key.startswith("answer."):
            yield key, Text(catalogue.say(key, "en"), catalogue.say(key, "fr"))


def titles(everything: Everything) -> Iterator[tuple[str, Text]]:
    for source in everything.policy.sources.values():
        yield source.id, source.title
    for name, centre in everything.centres.items():
        yield name, centre.name.text()
    for iata, airport in everything.airports.items():
        yield iata, airport.name.text()


@pytest.fixture(scope="module")
def sentences(everything: Everything) -> dict[str, Text]:
    return dict(statements(everything))


@pytest.fixture(scope="module")
def texts(everything: Everything, sentences: dict[str, Text]) -> dict[str, Text]:
    return sentences | dict(titles(everything))


def test_each_language_is_in_its_own_words(texts: dict[str, Text]) -> None:
    strays = {name: found for name, text in texts.items() if (found := ENGLISH.findall(FOREIGN.sub("", text.fr)))}
    strays |= {name: found for name, text in texts.items() if (found := FRENCH.findall(FOREIGN.sub("", text.en)))}
    assert strays == {}


def test_signs_are_those_of_the_language(texts: dict[str, Text]) -> None:
    wrong = []
    for name, text in texts.items():
        for words, signs in ((text.en, SIGNS_OF_BOTH | SIGNS_OF_ENGLISH), (text.fr, SIGNS_OF_BOTH | SIGNS_OF_FRENCH)):
            wrong += [f"{name}: {advice}: {words}" for sign, advice in signs.items() if re.search(sign, words)]
    assert wrong == []


def test_a_sentence_says_the_same_numbers_in_both_languages(sentences: dict[str, Text]) -> None:
    assert {name: text for name, text in sentences.items() if long_numbers(text.en) != long_numbers(text.fr)} == {}


def test_a_sentence_is_short_and_ends_as_one(sentences: dict[str, Text]) -> None:
    endings = (".", "?", ")")
    unlike = [name for name, text in sentences.items() if not (text.en.endswith(endings) and text.fr.endswith(endings))]
    long = [name for name, text in sentences.items() if len(text.en) > 420 or len(text.fr) > 520]
    assert (unlike, long) == ([], [])


def long_numbers(text: str) -> set[str]:
    """Numbers of three digits and more, which no clock or thousands sign makes differ."""
    return set(re.findall(r"\d{3,}", re.sub(r"(?<=\d)[,\u00a0](?=\d{3})", "", text)))
