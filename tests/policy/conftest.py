"""The real policy, read once, and a way to spoil a copy of it in one place."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.policy import Everything, PolicyError, load_all
from bot.policy.everything import FOLDER

Spoil = Callable[..., tuple[str, ...]]


@pytest.fixture(scope="session")
def everything() -> Everything:
    return load_all()


@pytest.fixture
def policy_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "policy"))


@pytest.fixture
def faults_after(policy_copy: Path) -> Spoil:
    """Replaces `old` by `new` once in a file of the copy and gives the faults that loading it finds."""

    def spoil(file: str, old: str, new: str) -> tuple[str, ...]:
        path = policy_copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(PolicyError) as caught:
            load_all(policy_copy)
        return caught.value.faults

    return spoil
