"""The files of reviewed sentences."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.dialogue.model import inputs_digest, training_files
from bot.improving.corpus import Corpus
from bot.improving.reviewed import FOLDER, RefusedError, ReviewedError, ReviewedSentences
from bot.improving.sentences import Labelled, SentencesError, read_sentences
from bot.improving.teachable import tidy
from bot.settings import ROOT

FEES = Path("data/nlu/en/programme.yml")
HELD_OUT = Path("tests/nlu/heldout_en.yml")
NASTY = [
    "- how [much](airport) is {it}",
    "first line\nsecond: line\n  - third",
    "# not a comment: 'really' \"quoted\" | > & * ! % @ ` \\n",
    "key: value, {a: b}",
    "--- ... ---",
    "C’est « combien »\u2028pour ✈️ moi ?",
    "nul \x00 bell \x07 tab\there",
    "https://example.org/?a=b#c",
    "yes",
    "null",
    "12 h 30 le 1er",
    "&anchor *alias !!python/object:os.system",
    "ends with a backslash \\",
    "(a)(b) and ${HOME} %s {0}",
]


def reviewed(folder: Path, **rest: float) -> ReviewedSentences:
    """The files of `folder` beside a small corpus."""
    corpus = Corpus(
        [Labelled("how much is it", "ask_fees", FEES)],
        [Labelled("what does the whole thing cost me", "ask_fees", HELD_OUT)],
    )
    return ReviewedSentences(folder, corpus, **rest)


def contents(folder: Path) -> list[tuple[str, str, str]]:
    return [(file.stem, s.intent, s.text) for file in sorted(folder.glob("*.yml")) for s in read_sentences(file)]


def test_it_adds_to_the_file_of_the_language(tmp_path: Path) -> None:
    files = reviewed(tmp_path / "new" / "folder")
    assert files.add("what is the damage", "ask_fees", "en")
    assert files.add("ça coûte un bras?", "ask_fees", "fr")
    assert files.add("hey there guide", "greet", "en")
    assert files.add("the price tag please", "ask_fees", "en")
    assert contents(tmp_path / "new" / "folder") == [
        ("en", "ask_fees", "what is the damage"),
        ("en", "ask_fees", "the price tag please"),
        ("en", "greet", "hey there guide"),
        ("fr", "ask_fees", "ça coûte un bras?"),
    ]


def test_whatever_was_typed_is_what_rasa_reads(tmp_path: Path) -> None:
    files = reviewed(tmp_path)
    added = [tidy(text) for text in NASTY]
    assert all(files.add(text, "out_of_scope", "en") for text in added)
    file = files.file("en")
    assert [sentence.text for sentence in read_sentences(file)] == added
    # In a process of its own, for Rasa warns at import.
    program = (
        "import sys, json; from bot.dialogue.quiet import quiet_rasa; quiet_rasa();"
        "from rasa.shared.nlu.training_data.loading import load_data; data = load_data(sys.argv[1]);"
        "print(json.dumps([[m.get('text'), m.get('intent'), m.get('entities')] for m in data.intent_examples]))"
    )
    shown = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, str(file)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert yaml.safe_load(shown.stdout.splitlines()[-1]) == [[text, "out_of_scope", None] for text in added]


def test_a_sentence_is_added_once(tmp_path: Path) -> None:
    files = reviewed(tmp_path)
    assert files.add("what is the damage", "ask_fees", "en")
    assert not files.add("What is the damage?!", "ask_fees", "en")
    assert not files.add("what is the damage", "ask_fees", "fr")
    assert not reviewed(tmp_path).add("what is the damage", "ask_fees", "en")
    assert not files.add("How much is it?", "ask_fees", "en")
    assert len(contents(tmp_path)) == 1


@pytest.mark.parametrize(
    ("text", "place"), [("How much is it?", "en/programme.yml"), ("What is the damage", "reviewed/en.yml")]
)
def test_another_intent_is_refused(tmp_path: Path, text: str, place: str) -> None:
    folder = tmp_path / "reviewed"
    reviewed(folder).add("what is the damage", "ask_fees", "en")
    with pytest.raises(RefusedError) as caught:
        reviewed(folder).add(text, "ask_card", "en")
    assert str(caught.value).startswith(f'"{text}" stands in {place} as ask_fees already; one sentence has one intent')
    assert len(contents(folder)) == 1


def test_what_measures_is_not_trained_on(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"too close to .* in heldout_en\.yml, which only measures"):
        reviewed(tmp_path).add("What does the whole thing cost?", "ask_fees", "en")
    assert contents(tmp_path) == []


def test_what_was_corrected_by_hand_is_kept(tmp_path: Path) -> None:
    files = reviewed(tmp_path)
    files.add("what is the damage", "ask_fees", "en")
    file = files.file("en")
    file.write_text(file.read_text().replace("what is the damage", "what is the total"), encoding="utf-8")
    assert files.add("hey there guide", "greet", "en")
    assert [text for _, _, text in contents(tmp_path)] == ["what is the total", "hey there guide"]


def test_a_damaged_file_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "en.yml"
    file.write_text("nlu: [", encoding="utf-8")
    with pytest.raises(SentencesError, match="expected YAML"):
        reviewed(tmp_path).add("what is the damage", "ask_fees", "en")
    assert file.read_text() == "nlu: ["
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "reviewed").write_text("a file")
    with pytest.raises(ReviewedError, match="reviewed cannot be written to"):
        reviewed(tmp_path / "reviewed").add("what is the damage", "ask_fees", "en")


def test_who_finds_it_locked_waits_and_then_says_so(tmp_path: Path) -> None:
    handle = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(ReviewedError, match=r"another review keeps .* locked; try again"):
            reviewed(tmp_path, patience=0.1).add("what is the damage", "ask_fees", "en")
    finally:
        os.close(handle)
    assert reviewed(tmp_path, patience=0.1).add("what is the damage", "ask_fees", "en")


def test_many_reviewers_at_once_lose_nothing(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from bot.improving.corpus import Corpus;"
        "from bot.improving.reviewed import ReviewedSentences;"
        "files = ReviewedSentences(Path(sys.argv[1]), Corpus([], []));"
        "print(sum(files.add(f'sentence {n} of {who}', 'greet', 'en')"
        " for n in range(8) for who in (sys.argv[2], 'all')))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(who)], stdout=subprocess.PIPE, cwd=ROOT)
        for who in range(4)
    ]
    added = [int(process.communicate(timeout=60)[0]) for process in running]
    texts = [text for _, _, text in contents(tmp_path)]
    assert sum(added) == len(texts) == len(set(texts)) == 4 * 8 + 8


def test_training_reads_the_folder_and_the_model_is_stale_after_an_addition(tmp_path: Path) -> None:
    for file in training_files():
        copy = tmp_path / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    before = inputs_digest(tmp_path)
    files = reviewed(tmp_path / FOLDER.relative_to(ROOT))
    files.add("what is the damage to my purse", "ask_fees", "en")
    assert files.file("en") in training_files(tmp_path)
    assert inputs_digest(tmp_path) != before


def test_what_is_reviewed_can_be_trained_on_with_everything_else() -> None:
    corpus = Corpus.load(ROOT / "data" / "nlu" / "reviewed")
    for file in (ROOT / "data" / "nlu" / "reviewed").glob("*.yml"):
        for sentence in read_sentences(file):
            assert tidy(sentence.text) == sentence.text
            assert corpus.measured_by(sentence.text) is None
            kept = corpus.trained_as(sentence.text)
            assert kept is not None
            assert kept.intent == sentence.intent
