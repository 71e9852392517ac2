"""Starting and stopping the guide."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, NoReturn
from urllib.parse import urlsplit

import msgspec
import pytest
from aiohttp import ClientSession
from click.testing import CliRunner

from bot import up_command
from bot.db.address import read_address
from bot.db.sole import sole_process
from bot.settings import Settings, SettingsError
from tests.record.scripted import KEY, ScriptedDialogue


class ModelError(RuntimeError):
    """Stands for the dialogue's."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        port=0,
        data_dir=tmp_path,
        database_url=f"sqlite+aiosqlite:///{tmp_path / 'guide.sqlite3'}",
        public_url="http://127.0.0.1:0",
        secret_key=KEY,
    )


@pytest.fixture
def dialogue(monkeypatch: pytest.MonkeyPatch) -> ScriptedDialogue:
    """A scripted dialogue in the place of the trained one."""
    scripted = ScriptedDialogue()

    def load_dialogue(_known: object) -> ScriptedDialogue:
        return scripted

    _put(monkeypatch, "bot.dialogue.host", load_dialogue=load_dialogue)
    _put(monkeypatch, "bot.dialogue.quiet", quiet_rasa=lambda: None)
    _put(monkeypatch, "bot.dialogue.model", ModelError=ModelError, usable_model=lambda folder: folder)
    _put(monkeypatch, "bot.dialogue.resources", Resources=_given)
    return scripted


def _given(settings: object, database: object, known: Any, wording: object, clock: object) -> SimpleNamespace:
    return SimpleNamespace(
        settings=settings, database=database, known=known, wording=wording, clock=clock, policy=known.policy
    )


def _put(monkeypatch: pytest.MonkeyPatch, name: str, **contents: object) -> None:
    module = ModuleType(name)
    vars(module).update(contents)
    monkeypatch.setitem(sys.modules, name, module)


@asynccontextmanager
async def running(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[tuple[str, asyncio.Task[None]]]:
    task = asyncio.create_task(up_command._run(settings))
    out = ""
    async with asyncio.timeout(30):
        while "ready: " not in out:
            await asyncio.wait({task}, timeout=0.02)
            if task.done():
                task.result()
            out += capsys.readouterr().out
    assert out.count("\n") == 1
    yield out.removeprefix("ready: ").strip(), task
    if not task.done():
        os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(task, 30)


async def test_ends_with_one_line_when_it_is_ready(
    settings: Settings, dialogue: ScriptedDialogue, capsys: pytest.CaptureFixture[str]
) -> None:
    async with running(settings, capsys) as (url, _), ClientSession(url) as client:
        assert url.startswith("http://127.0.0.1:") and url.endswith("/")
        async with client.get("/readyz") as response:
            assert await response.json() == {"ready": True, "missing": []}


async def test_finishes_turns_in_flight_when_it_is_stopped(
    settings: Settings, dialogue: ScriptedDialogue, capsys: pytest.CaptureFixture[str]
) -> None:
    async with running(settings, capsys) as (url, task), ClientSession(url) as client:
        async with client.post("/api/v1/conversations", json={}) as response:
            started = await response.json()
        dialogue.hold = asyncio.Event()
        body = {"text": "hello", "client_message_id": "c"}
        headers = {"Authorization": f"Bearer {started['token']}"}
        path = f"/api/v1/conversations/{started['conversation_id']}"
        async with client.ws_connect(f"{path}/ws") as watching:
            await watching.send_json({"type": "auth", "token": started["token"]})
            sending = asyncio.create_task(client.post(f"{path}/messages", json=body, headers=headers))
            await dialogue.hearing.wait()
            os.kill(os.getpid(), signal.SIGTERM)
            async for _ in watching:
                pass
            assert watching.close_code == 1001
        dialogue.hold.set()
        response = await sending
        assert [part["sender"] for part in (await response.json())["messages"]] == ["traveller", "bot", "bot"]
        await asyncio.wait_for(task, 30)


async def test_a_connection_that_asks_for_nothing_is_not_kept(
    settings: Settings, dialogue: ScriptedDialogue, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up_command, "_IDLE_SECONDS", 0.01)
    async with running(settings, capsys) as (url, _):
        for begun in (b"", b"GET /healthz HT"):
            reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(url).port)
            writer.write(begun)
            assert await asyncio.wait_for(reader.read(), 10) == b""
            writer.close()
            await writer.wait_closed()


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


async def test_a_port_in_use_is_one_sentence(settings: Settings, taken_port: int) -> None:
    with pytest.raises(up_command.StartError, match=f"port {taken_port} .*in use.*choose another with HOST and PORT"):
        await up_command._run(msgspec.structs.replace(settings, port=taken_port))


async def test_a_database_that_cannot_be_opened_is_one_sentence(
    settings: Settings, dialogue: ScriptedDialogue, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    broken = msgspec.structs.replace(settings, database_url=f"sqlite+aiosqlite:///{tmp_path}/file/guide.sqlite3")
    with pytest.raises(up_command.StartError, match="cannot be opened") as caught:
        await up_command._run(broken)
    assert "\n" not in str(caught.value)


async def test_a_model_that_is_stale_is_one_sentence(
    settings: Settings, dialogue: ScriptedDialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale(_folder: object) -> Any:
        raise ModelError("the model was trained from other files; run nexus-guide train")

    monkeypatch.setattr(sys.modules["bot.dialogue.model"], "usable_model", stale)
    with pytest.raises(up_command.StartError, match="run nexus-guide train"):
        await up_command._run(settings)


def test_the_command_says_it_on_standard_error_and_fails(
    taken_port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", str(taken_port))
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(up_command, "_log_to_stderr", lambda level: None)
    result = CliRunner().invoke(up_command.up)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1


async def test_sqlite_refuses_a_second_guide_in_one_sentence(settings: Settings, dialogue: ScriptedDialogue) -> None:
    with (
        sole_process(read_address(settings.database_url)),
        pytest.raises(up_command.StartError, match=f"served by another guide .process {os.getpid()}.*REDIS_URL"),
    ):
        await up_command._run(settings)


@pytest.mark.parametrize(
    "set_too", [{}, {"redis_url": "redis://localhost"}, {"database_url": "postgresql://localhost/x"}]
)
async def test_many_workers_need_both_settings_and_the_sentence_names_them(
    settings: Settings, set_too: dict[str, str]
) -> None:
    with pytest.raises(up_command.StartError, match=r"DATABASE_URL=.* and REDIS_URL="):
        await up_command._supervise(msgspec.structs.replace(settings, **set_too), 2)


def test_threads_and_memory_are_seen_to_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def read() -> NoReturn:
        seen.append("settings")
        raise SettingsError("setting PORT: expected a number")

    monkeypatch.setattr(up_command, "one_each", lambda _environment: seen.append("threads"))
    monkeypatch.setattr(up_command, "one_arena", lambda _environment: seen.append("memory"))
    monkeypatch.setattr(up_command, "load_settings", read)
    assert CliRunner().invoke(up_command.up).exit_code != 0
    assert seen == ["threads", "memory", "settings"]
