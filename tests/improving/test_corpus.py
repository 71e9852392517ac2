"""What is trained on, and what must not be."""

from pathlib import Path

from bot.improving.corpus import Corpus
from bot.improving.sentences import Labelled

FILE = Path("data/nlu/en/small_talk.yml")
HELD_OUT = Path("tests/nlu/heldout_en.yml")
CORPUS = Corpus(
    [Labelled("Good morning!", "greet", FILE), Labelled("how much is it", "ask_fees", FILE)],
    [Labelled("what does the whole thing cost me", "ask_fees", HELD_OUT), Labelled("adios", "goodbye", HELD_OUT)],
)


def test_intents() -> None:
    assert CORPUS.intents == {"greet", "ask_fees"}


def test_the_same_sentence_in_another_spelling() -> None:
    found = CORPUS.trained_as("  good MORNING ")
    assert found is not None
    assert found.intent == "greet"
    assert CORPUS.trained_as("good morning to you") is None


def test_a_variation_of_a_held_out_sentence() -> None:
    for text in ("What does the whole thing cost?", "adios!", "what does the whole thing cost me and my wife"):
        assert CORPUS.measured_by(text) is not None, text
    for text in ("what does it cost", "the whole family", "?", "adios amigos"):
        assert CORPUS.measured_by(text) is None, text


def test_what_was_learnt_is_known() -> None:
    corpus = Corpus([], [])
    corpus.learn(Labelled("how come", "ask_why", FILE))
    assert corpus.trained_as("How come?") == Labelled("how come", "ask_why", FILE)


def test_the_projects_own_files(tmp_path: Path) -> None:
    (tmp_path / "en.yml").write_text("nlu:\n- intent: greet\n  examples: |\n    - quite a new greeting\n")
    corpus = Corpus.load(tmp_path)
    assert len(corpus.intents) >= 43
    assert corpus.trained_as("quite a new greeting") is not None
    assert corpus.measured_by("hi, writing on behalf of my grandfather") is not None
