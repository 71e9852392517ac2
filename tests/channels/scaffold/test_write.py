"""The folder of a new channel: sound from the first moment, and failing with the words that say what to write."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.channels.scaffold.write import NameTakenError, WrongNameError, write
from bot.cli import main
from bot.settings import ROOT

NAMES = ("zulip", "a_channel_of_20_char")
"""Before and after the others of the folder, short and as long as can be: lines and imports must be right in both."""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A checkout of our own with two new channels."""
    root = tmp_path_factory.mktemp("checkout")
    for folder in ("bot", "tests"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "static"))
    for name in ("actions", "data", "policy", "pyproject.toml"):
        (root / name).symlink_to(ROOT / name)
    for name in NAMES:
        shown = CliRunner().invoke(main, ["channels", "new", name, "--into", str(root)])
        assert shown.exit_code == 0, shown.output
        assert f"pytest tests/channels/{name}" in shown.output
    yield root
    shutil.rmtree(root)


def run(checkout: Path, *command: str) -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_ruff_and_mypy_find_nothing_in_what_is_written(checkout: Path, request: pytest.FixtureRequest) -> None:
    folders = [f"{room}/channels/{name}" for name in NAMES for room in ("bot", "tests")]
    for check in (("check",), ("format", "--check")):
        status, said = run(checkout, "ruff", *check, *folders)
        assert status == 0, said
    assert request.config.cache is not None
    kept = request.config.cache.mkdir("scaffold-mypy")
    packages = [each for name in NAMES for each in ("-p", f"bot.channels.{name}")]
    status, said = run(checkout, "mypy", "--follow-imports=silent", "--cache-dir", str(kept), *packages)
    assert status == 0, said


def test_the_first_test_fails_with_what_to_write_and_the_others_pass(checkout: Path) -> None:
    status, said = run(checkout, "pytest", "-q", "-p", "no:cacheprovider", "tests/channels/zulip")
    assert status == 1, said
    assert "write FakeZulip.call() in tests/channels/zulip/fake_zulip.py" in said
    assert "1 failed, 2 passed" in said


@pytest.mark.parametrize("name", ["", "x", "Zulip", "new.py", "../up", "1st", "class", "web", "rendering", "a" * 21])
def test_what_is_no_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(WrongNameError, match="expected a channel's name"):
        write(name, tmp_path)
    assert not [*tmp_path.iterdir()]


def test_what_is_there_stays_as_it_is(tmp_path: Path) -> None:
    for name in ("twilio", "port"):
        with pytest.raises(NameTakenError, match=name):
            write(name, ROOT)
    write("zulip", tmp_path)
    file = tmp_path / "bot/channels/zulip/channel.py"
    file.write_text("mine")
    with pytest.raises(NameTakenError, match="bot/channels/zulip"):
        write("zulip", tmp_path)
    assert file.read_text() == "mine"
