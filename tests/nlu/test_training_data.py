"""The training sentences: complete, without repeats, and apart from the tuning and the held-out ones."""

import itertools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.contract import INTENTS

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "fr")
FLOOR = 60
HELD_OUT_FLOOR = 8

Sentences = list[tuple[str, str]]

DATE_WORDS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche
    january february march april may june july august september october november december today tomorrow tonight
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre demain midi soir matin
    jan feb mar apr jun jul aug sept oct nov dec morning afternoon evening night
    """.split()
)


def files_of(language: str) -> list[Path]:
    return sorted((ROOT / "data" / "nlu" / language).glob("*.yml"))


def read(*paths: Path) -> Sentences:
    """(intent, sentence) pairs in file order."""
    found: Sentences = []
    for path in paths:
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in entry["examples"].splitlines():
                assert line.startswith("- "), f"{path.name}: {entry['intent']}: not an example: {line!r}"
                found.append((entry["intent"], line[2:]))
    return found


def plain(sentence: str) -> str:
    """Without case, accents and punctuation: what a hurried thumb would type."""
    letters = unicodedata.normalize("NFKD", sentence.casefold())
    return " ".join(re.findall(r"\w+", "".join(c for c in letters if not unicodedata.combining(c))))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard index of two sets of words."""
    return len(one & other) / len(one | other) if one | other else 1.0


def words(sentence: str) -> frozenset[str]:
    return frozenset(plain(sentence).split())


def pieces(sentence: str) -> frozenset[str]:
    """The runs of four letters, so that an ending or a typo does not make a repeat look new."""
    letters = f" {plain(sentence)} "
    return frozenset(letters[i : i + 4] for i in range(max(1, len(letters) - 3)))


def frames(sentence: str) -> set[tuple[str, ...]]:
    """The sentence with one to three neighbouring words left out: what stays of a filled-in template.

    Dates and numbers count as one word whatever they say. Four words stay at least: fewer are a turn of phrase.
    """
    said = ["#" if word in DATE_WORDS or any(c.isdigit() for c in word) else word for word in plain(sentence).split()]
    gaps = ((start, size) for size in (1, 2, 3) for start in range(len(said) - size + 1) if len(said) - size >= 4)
    return {(*said[:start], "_", *said[start + size :]) for start, size in gaps}


TRAINING = {language: read(*files_of(language)) for language in LANGUAGES}
TUNING = {language: read(ROOT / "tests" / "nlu" / f"tuning_{language}.yml") for language in LANGUAGES}
HELD_OUT = {language: read(ROOT / "tests" / "nlu" / f"heldout_{language}.yml") for language in LANGUAGES}
# A classifier is fitted on the first, its thresholds are chosen on the second and the third only measures it.
SETS = {"training": TRAINING, "tuning": TUNING, "held-out": HELD_OUT}
PAIRS = list(itertools.combinations(SETS, 2))


def test_both_languages_have_the_same_topics() -> None:
    english, french = ([path.name for path in files_of(language)] for language in LANGUAGES)
    assert english == french


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_intent_stands_in_one_topic_only(language: str) -> None:
    homes = Counter(intent for path in files_of(language) for intent in {intent for intent, _ in read(path)})
    assert [intent for intent, files in homes.items() if files > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_of_the_contract_has_enough_examples(language: str) -> None:
    counts = Counter(intent for intent, _ in TRAINING[language])
    assert {intent: counts[intent] for intent in INTENTS if counts[intent] < FLOOR} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["tuning", "held-out"])
def test_every_intent_can_be_measured(name: str, language: str) -> None:
    counts = Counter(intent for intent, _ in SETS[name][language])
    assert {intent: counts[intent] for intent in INTENTS if counts[intent] < HELD_OUT_FLOOR} == {}
    assert set(counts) <= {intent for intent, _ in TRAINING[language]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SETS)
def test_no_sentence_stands_twice(name: str, language: str) -> None:
    places = defaultdict(list)
    for intent, sentence in SETS[name][language]:
        places[plain(sentence)].append(intent)
    assert {sentence: intents for sentence, intents in places.items() if len(intents) > 1} == {}


def test_a_sentence_means_the_same_in_both_language_files() -> None:
    english = {plain(sentence): intent for intent, sentence in TRAINING["en"]}
    clashes = [
        (sentence, intent, english[plain(sentence)])
        for intent, sentence in TRAINING["fr"]
        if english.get(plain(sentence), intent) != intent
    ]
    assert clashes == []


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_no_sentence_stands_in_two_sets_in_whatever_language(one: str, other: str) -> None:
    known = {plain(sentence) for language in LANGUAGES for _, sentence in SETS[one][language]}
    assert [s for language in LANGUAGES for _, s in SETS[other][language] if plain(s) in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_no_sentence_is_a_light_variation_of_one_in_another_set(one: str, other: str, language: str) -> None:
    known = [(words(sentence), sentence) for _, sentence in SETS[one][language]]
    holding: dict[str, list[int]] = defaultdict(list)  # a word to the known sentences that hold it
    for place, (bag, _) in enumerate(known):
        for word in bag:
            holding[word].append(place)
    close = []
    for _, sentence in SETS[other][language]:
        bag = words(sentence)
        shared = Counter(place for word in bag for place in holding[word])
        close += [(sentence, known[k][1]) for k, n in shared.items() if n / (len(bag) + len(known[k][0]) - n) >= 0.6]
    assert close == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("parts", "bound"), [(words, 0.7), (pieces, 0.6)])
def test_few_sentences_of_an_intent_nearly_repeat_each_other(
    parts: Callable[[str], frozenset[str]], bound: float, language: str
) -> None:
    by_intent = defaultdict(list)
    for intent, sentence in TRAINING[language]:
        by_intent[intent].append(parts(sentence))
    shares = {}
    for intent, bags in by_intent.items():
        pairs = itertools.combinations(enumerate(bags), 2)
        near = {k for (j, one), (k, other) in pairs if overlap(one, other) >= bound}
        shares[intent] = len(near) / len(bags)
    assert {intent: share for intent, share in shares.items() if share >= 0.06} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_sentences_of_an_intent_are_one_template_filled_in(language: str) -> None:
    by_intent: dict[str, dict[tuple[str, ...], set[str]]] = defaultdict(lambda: defaultdict(set))
    for intent, sentence in TRAINING[language]:
        for frame in frames(sentence):
            by_intent[intent][frame].add(sentence)
    counts = Counter(intent for intent, _ in TRAINING[language])
    filled = {
        intent: set().union(*(same for same in by_frame.values() if len(same) > 1))
        for intent, by_frame in by_intent.items()
    }
    assert {intent: same for intent, same in filled.items() if len(same) >= 0.1 * counts[intent]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_what_a_traveller_could_type(language: str) -> None:
    for intent, sentence in TRAINING[language] + TUNING[language] + HELD_OUT[language]:
        assert sentence == sentence.strip(), (intent, sentence)
        assert not sentence.startswith("/"), f"{intent}: Rasa would take this for a command: {sentence}"
        assert not set(sentence) & set("[]{}"), f"{intent}: entities come from rules, no annotation: {sentence}"
        assert 0 < len(sentence) <= 400, (intent, sentence)
        assert plain(sentence), f"{intent}: nothing but signs: {sentence}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_intent_has_short_and_long_sentences(language: str) -> None:
    lengths = defaultdict(list)
    for intent, sentence in TRAINING[language]:
        lengths[intent].append(len(plain(sentence).split()))
    asked = {intent: sorted(counts) for intent, counts in lengths.items() if intent.startswith("ask_")}
    assert [intent for intent, counts in asked.items() if counts[0] > 4 or counts[-1] < 11] == []


FRENCH_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        le la les l un une des du de d au aux je j me m mon ma mes vous nous on tu il elle ils est sont ai a été que
        qu qui quoi quel quelle quels quelles où ou pour par avec sans sur dans en et si c ça ce ces cette ne n pas
        plus comment pourquoi combien quand puis faut faire oui non svp
        """,
    )
)
ENGLISH_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        the a an of to i my me is are was do does did can could would will you we they it that this what which who how
        where when why for from with without on in at and if not no yes please have has be
        """,
    )
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_file_holds_its_own_language(language: str) -> None:
    own, other = (FRENCH_WORDS, ENGLISH_WORDS) if language == "fr" else (ENGLISH_WORDS, FRENCH_WORDS)
    strangers = defaultdict(list)
    totals = Counter(intent for intent, _ in TRAINING[language])
    for intent, sentence in TRAINING[language]:
        tokens = re.findall(r"\w+", sentence.casefold())
        if sum(t in other - own for t in tokens) > sum(t in own for t in tokens):
            strangers[intent].append(sentence)
    # People mix both languages, and asking for the other language is often done in it.
    allowed = {"change_language": 0.4}
    faults = {i: found for i, found in strangers.items() if len(found) > allowed.get(i, 0.1) * totals[i]}
    assert faults == {}


def test_french_has_accents_and_careless_spelling_too() -> None:
    sentences = [sentence for _, sentence in TRAINING["fr"]]
    accented = sum(bool(re.search("[àâçéèêëîïôûù]", sentence.casefold())) for sentence in sentences)
    assert accented > len(sentences) / 2
    for careless in ("lentrevue", "jai ", "jarrive", "svp", "ca me semble", "delai "):
        assert any(careless in sentence for sentence in sentences), careless
