"""Every written dialogue of this folder, played against the real guide."""

from pathlib import Path

import pytest

from tests.conversations.player import play
from tests.conversations.transcript import read_file
from tests.servers import GuideServer

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("??/*.txt"))


@pytest.mark.timeout(400)  # the first dialogue waits for the guide to start, and to train where the model is stale
@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
async def test_dialogue(file: Path, guide_server: GuideServer) -> None:
    try:
        await play(read_file(file), guide_server.url)
    except AssertionError as error:
        pytest.fail(f"{file.relative_to(HERE)}, {error}", pytrace=False)


def test_there_are_dialogues_in_both_languages() -> None:
    assert {language: len([*(HERE / language).glob("*.txt")]) >= 20 for language in ("en", "fr")} == {
        "en": True,
        "fr": True,
    }
