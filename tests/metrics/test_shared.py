"""Numbers of several processes, told by any of them."""

import os
import subprocess
import sys
from pathlib import Path

from bot.metrics.shared import VARIABLE
from bot.settings import ROOT

PROCESS = """
from bot.metrics import instruments
instruments.MESSAGES.labels("web", "traveller").inc(2)
instruments.PROCESSES.set(1)
instruments.SOCKETS.labels("staff").inc()
"""
TOLD = """
import sys
from pathlib import Path
from bot.metrics.shared import forget
forget(int(sys.argv[1]))
from bot.metrics.exposition import exposition
sys.stdout.write(exposition([]).decode())
"""


def python(code: str, folder: Path, *arguments: str) -> tuple[int, str]:
    environment = {**os.environ, VARIABLE: str(folder)}
    started = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    out, _ = started.communicate(timeout=60)
    assert started.returncode == 0
    return started.pid, out


def test_any_process_answers_for_all_and_a_dead_one_has_nothing_open(tmp_path: Path) -> None:
    dead, _ = python(f"{PROCESS}instruments.TURN_SECONDS.observe(0.3)", tmp_path)
    python(PROCESS, tmp_path)
    _, told = python(TOLD, tmp_path, str(dead))
    assert 'guide_messages_total{channel="web",sender="traveller"} 4.0' in told
    assert "guide_processes 1.0" in told
    assert 'guide_turn_seconds_bucket{le="0.5"} 1.0' in told and "guide_turn_seconds_count 1.0" in told
    assert 'guide_websockets_open{side="staff"} 1.0' in told
    assert "pid=" not in told
    assert not [*tmp_path.glob(f"*_{dead}.db")], "files would grow in number with every restart"


def test_preparing_empties_the_folder_of_an_earlier_run(tmp_path: Path) -> None:
    folder = tmp_path / "numbers"
    code = "import sys; from pathlib import Path; from bot.metrics.shared import *; prepare_shared(Path(sys.argv[1]))"
    folder.mkdir()
    (folder / "counter_1.db").write_bytes(b"left")
    python(f"{code}; assert shared_folder() == sys.argv[1]", tmp_path, str(folder))
    assert not [*folder.iterdir()]
