from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.texts import Catalogue, WordingError, french_spaces


def catalogue(folder: Path, text: str) -> Catalogue:
    (folder / "words.yml").write_text(text, encoding="utf-8")
    return Catalogue.load(folder)


def test_values_are_set_in_as_the_language_writes_them(tmp_path: Path) -> None:
    texts = catalogue(tmp_path, 'texts:\n  k: {en: "{at} {day} {far_km} {n}", fr: "{at} {day} {far_km} {n}"}\n')
    values = {
        "at": datetime(2026, 11, 27, 14, 0, tzinfo=ZoneInfo("America/Toronto")),
        "day": date(2023, 1, 25),
        "far_km": 1204.0,
        "n": 3,
    }
    assert texts.say("k", "en", **values).endswith("p.m. (Toronto time) January 25, 2023 1,204 km 3")
    assert "14 h 00 (heure de Toronto) 25 janvier 2023" in texts.say("k", "fr", **values).replace("\u202f", " ")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('texts:\n  k: {en: "a"}\n', "k: expected both en and fr"),
        ('texts:\n  k: {en: "a", fr: "b", de: "c"}\n', "k: expected both en and fr and nothing else"),
        ('texts:\n  k: {en: "a", fr: ""}\n', "k: a text is empty"),
        ('texts:\n  k: {en: "{a}", fr: "{b}"}\n', "k: en and fr have different placeholders: ['a', 'b']"),
        ("other: 1\n", "expected a mapping `texts:`"),
    ],
)
def test_a_gap_is_refused_naming_file_and_key(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(WordingError) as error:
        catalogue(tmp_path, text)
    assert "words.yml" in str(error.value)
    assert fault in str(error.value)


def test_a_key_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "first.yml").write_text('texts:\n  k: {en: "a", fr: "b"}\n', encoding="utf-8")
    with pytest.raises(WordingError, match="k: this key stands elsewhere too"):
        catalogue(tmp_path, 'texts:\n  k: {en: "a", fr: "b"}\n')


def test_an_unknown_key_and_a_missing_value_are_defects(tmp_path: Path) -> None:
    texts = catalogue(tmp_path, 'texts:\n  k: {en: "{a}", fr: "{a}"}\n')
    with pytest.raises(KeyError):
        texts.say("other", "en")
    with pytest.raises(KeyError):
        texts.say("k", "en", b=1)


def test_french_never_breaks_before_a_colon_or_inside_quotation_marks() -> None:
    assert french_spaces("Oui : dites « recommencer ».") == "Oui\u00a0: dites «\u00a0recommencer\u00a0»."
