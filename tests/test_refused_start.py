"""`nexus-guide up` as a process that cannot start: one sentence on standard error, status 1, nothing else."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.dialogue.model import NAME, inputs_digest
from bot.settings import ROOT


def refusal(**settings: object) -> str:
    """What the command says when it does not start."""
    given = {name: str(value) for name, value in settings.items()}
    ended = subprocess.run(
        [sys.executable, "-m", "bot.cli", "up"],
        cwd=ROOT,
        env={**os.environ, "PORT": "0", "LOG_LEVEL": "WARNING", **given},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.endswith("\n")
    assert ended.stderr.count("\n") == 1
    return ended.stderr


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def model(folder: Path, **record: str) -> Path:
    """A folder with a model file and its record, right where `record` does not say otherwise."""
    (folder / f"{NAME}.tar.gz").write_bytes(b"a model")
    (folder / f"{NAME}.json").write_text(json.dumps({"inputs": inputs_digest(), "model": "", **record}))
    return folder


def test_a_port_in_use(taken_port: int, tmp_path: Path) -> None:
    said = refusal(PORT=taken_port, DATA_DIR=tmp_path)
    assert f"port {taken_port}" in said
    assert "choose another with HOST and PORT" in said


def test_a_model_trained_from_other_files(tmp_path: Path) -> None:
    said = refusal(DATA_DIR=tmp_path, MODEL_DIR=model(tmp_path, inputs="0" * 64))
    assert "was trained from other files than those present" in said
    assert "nexus-guide train" in said


def test_a_model_of_others(tmp_path: Path) -> None:
    said = refusal(DATA_DIR=tmp_path, MODEL_DIR=model(tmp_path))
    assert "is not the file this installation trained" in said
    assert "nexus-guide train" in said


def test_no_model(tmp_path: Path) -> None:
    assert "train one with: nexus-guide train" in refusal(DATA_DIR=tmp_path, MODEL_DIR=tmp_path)


@pytest.mark.parametrize(
    "address",
    ["sqlite+aiosqlite:////proc/nowhere/guide.sqlite3", "postgresql+asyncpg://nobody@127.0.0.1:1/none", "nonsense"],
)
def test_a_database_that_cannot_be_opened(tmp_path: Path, address: str) -> None:
    said = refusal(DATA_DIR=tmp_path, MODEL_DIR=ROOT / "models", DATABASE_URL=address)
    assert "DATABASE_URL" in said or "database" in said


def test_a_folder_that_cannot_be_written() -> None:
    assert "setting DATA_DIR" in refusal(DATA_DIR="/proc/nowhere")


def test_a_clock_without_offset(tmp_path: Path) -> None:
    assert "setting CLOCK_START" in refusal(DATA_DIR=tmp_path, CLOCK_START="2026-11-21T09:00:00")


def test_a_chatwoot_that_is_only_half_named(tmp_path: Path) -> None:
    assert "CHATWOOT_" in refusal(DATA_DIR=tmp_path, HANDOFF_DESK="chatwoot")


def test_a_channel_whose_secret_is_missing(tmp_path: Path) -> None:
    said = refusal(DATA_DIR=tmp_path, MODEL_DIR=tmp_path, WEBHOOK_URL="https://app.example/nexus")
    assert "channel webhook: WEBHOOK_URL is set, and so WEBHOOK_SECRET must be" in said
