"""The old file or the new one, never half of it."""

from pathlib import Path

import pytest

from bot.improving.writing import write_whole


def test_it_replaces_the_file_and_leaves_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "en.yml"
    for content in ("old", "nouveau à lire"):
        write_whole(file, content)
        assert file.read_text(encoding="utf-8") == content
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "en.yml"
    write_whole(file, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(file, "half \ud83d pair")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
