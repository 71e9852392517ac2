"""Reading labelled sentences."""

from pathlib import Path

import pytest

from bot.improving.sentences import Labelled, SentencesError, read_sentences, words
from bot.settings import ROOT


def write(folder: Path, content: str | bytes) -> Path:
    file = folder / "en.yml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def test_sentences_in_order(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        'version: "3.1"\nnlu:\n- synonym: x\n  examples: |\n    - y\n'
        "- intent: greet\n  examples: |\n    - hello\n\n    - - hi: you\n- intent: deny\n  examples: |\n    - no\n",
    )
    assert read_sentences(file) == [
        Labelled("hello", "greet", file),
        Labelled("- hi: you", "greet", file),
        Labelled("no", "deny", file),
    ]


@pytest.mark.parametrize("content", ["version: '3.1'\n", "nlu:\n", "nlu: []\n"])
def test_a_file_without_sentences(tmp_path: Path, content: str) -> None:
    assert read_sentences(write(tmp_path, content)) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "expected a list under `nlu`"),
        ("- a\n", "expected a list under `nlu`"),
        ("nlu: x\n", "expected a list under `nlu`"),
        ("nlu:\n- greet\n", "expected `intent` and `examples: |`"),
        ("nlu:\n- intent: greet\n", "expected `intent` and `examples: |`"),
        ("nlu:\n- intent: greet\n  examples: [a]\n", "expected `intent` and `examples: |`"),
        (
            "nlu:\n- intent: greet\n  examples: |\n    hello\n",
            'greet: expected lines that begin with "- ", got "hello"',
        ),
        ("nlu:\n  - {\n", "line 3: expected YAML in UTF-8"),
        (b"nlu:\n- \xff\n", "expected YAML in UTF-8"),
    ],
)
def test_a_damaged_file(tmp_path: Path, content: str | bytes, said: str) -> None:
    file = write(tmp_path, content)
    with pytest.raises(SentencesError) as caught:
        read_sentences(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert said in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SentencesError, match="the file cannot be read"):
        read_sentences(tmp_path / "nowhere.yml")


def test_the_projects_own_files_can_be_read() -> None:
    files = [*(ROOT / "data" / "nlu").rglob("*.yml"), *(ROOT / "tests" / "nlu").glob("heldout_*.yml")]
    assert len(files) > 10
    assert all(read_sentences(file) for file in files)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Où est-ce?", "ou est ce"), ("HOW  much??", "how much"), ("l’entrevue", "l'entrevue"), ("a_b", "a b")],
)
def test_what_makes_two_sentences_the_same(one: str, other: str) -> None:
    assert words(one) == words(other)
