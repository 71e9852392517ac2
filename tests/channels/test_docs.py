"""docs/channels.md holds: its examples run, and no channel and no setting is left out."""

import asyncio
import os
import re
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.kind import kinds
from bot.db.engine import Database
from bot.settings import ROOT
from tests.channels.webhook.fake_webhook import SECRET
from tests.channels.wired import wired

PAGE = (ROOT / "docs" / "channels.md").read_text(encoding="utf-8")


def example(language: str, containing: str) -> str:
    return next(each for each in re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL) if containing in each)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


async def test_the_gateway_in_one_file_asks_and_shows_what_is_answered(
    sqlite_database: Database, tmp_path: Path
) -> None:
    (tmp_path / "gateway.py").write_text(example("python", "HTTPServer"), encoding="utf-8")
    port = free_port()
    settings = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/", "WEBHOOK_SECRET": SECRET}
    async with wired(sqlite_database, settings) as guide:
        guide.watch.now = datetime.now(UTC)
        gateway = await asyncio.create_subprocess_exec(
            sys.executable,
            str(tmp_path / "gateway.py"),
            "Which interview?",
            env={
                "PATH": os.environ["PATH"],
                "PORT": str(port),
                "PUBLIC_URL": str(guide.client.make_url("")).rstrip("/"),
            }
            | settings,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert gateway.stdout is not None
        try:
            async with asyncio.timeout(30):
                shown = [(await gateway.stdout.readline()).decode().strip() for _ in range(3)]
        finally:
            gateway.kill()
            await gateway.wait()
    assert shown[1:] == ["bot: You said: Which interview? []", "bot: Anything else? []"]


async def test_the_call_with_curl_is_taken(sqlite_database: Database) -> None:
    settings = {"WEBHOOK_URL": "http://127.0.0.1:9/", "WEBHOOK_SECRET": SECRET}
    async with wired(sqlite_database, settings) as guide:
        guide.watch.now = datetime.now(UTC)
        called = await asyncio.create_subprocess_exec(
            "sh",
            "-ec",
            example("sh", "curl"),
            env={"PATH": os.environ["PATH"], "PUBLIC_URL": str(guide.client.make_url("")).rstrip("/")} | settings,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        answer, trouble = await called.communicate()
        assert (called.returncode, answer) == (0, b"{}"), trouble.decode()
        async with asyncio.timeout(20):
            await guide.dialogue.hearing.wait()
    assert [each.text for each in guide.dialogue.heard] == ["Can I do the CBP part in Halifax?"]


def test_every_channel_stands_in_the_table_and_every_setting_on_a_page() -> None:
    pages = PAGE + "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "channels").glob("*.md"))
    for kind in kinds():
        assert f"| `{kind.name}` | `{kind.switch.upper()}` |" in PAGE
        for name in kind.names():
            stem = name.upper().removesuffix("_FR")
            assert f"`{stem}" in pages or f"`{stem}_EN`" in pages, f"{name.upper()} of {kind.name} is on no page"
    for linked in re.findall(r"\]\((channels/[^)#]+)\)", PAGE):
        assert (ROOT / "docs" / linked).is_file()
