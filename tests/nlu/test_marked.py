"""The notation of the tables."""

from tests.nlu.marked import Mark, marked, read


def test_a_line_is_read_with_its_offsets() -> None:
    text, marks = read("le [AC 8043](AC 8043), puis [AC550](AC 550) à 7 h")
    assert text == "le AC 8043, puis AC550 à 7 h"
    assert [(mark.label, text[mark.start : mark.end]) for mark in marks] == [
        ("AC 8043", "AC 8043"),
        ("AC 550", "AC550"),
    ]


def test_a_line_without_marks_expects_nothing() -> None:
    assert read("gate [84]") == ("gate [84]", [])
    assert len(marked("\none\n\ntwo [3](number)\n")) == 2
    assert Mark("number", 4, 5) == read("two [3](number)")[1][0]
