"""One guide a SQLite file."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.db.address import read_address
from bot.db.error import DatabaseError
from bot.db.sole import sole_process

_HOLD = """
import sys, time
from bot.db.address import read_address
from bot.db.sole import sole_process
with sole_process(read_address(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_guide_is_refused_in_one_sentence_until_the_first_is_killed(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'new' / 'guide.sqlite3'}"
    with subprocess.Popen([sys.executable, "-c", _HOLD, url], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        (tmp_path / "link").symlink_to(tmp_path / "new")
        for folder in ("new", "link"):
            again = read_address(f"sqlite+aiosqlite:///{tmp_path / folder / 'guide.sqlite3'}")
            with (
                pytest.raises(DatabaseError, match=re.escape(f"(process {other.pid})")) as refused,
                sole_process(again),
            ):
                pass
            assert "DATABASE_URL" in str(refused.value)
            assert "REDIS_URL" in str(refused.value)
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    with sole_process(read_address(url)):
        pass


def test_postgresql_takes_many() -> None:
    address = read_address("postgresql://localhost/guide")
    with sole_process(address), sole_process(address):
        pass
