"""Runs the parts one after the other, keeps the result of each, and leaves out what is there already."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.job import PROGRESS
from benchmarks.machine import environment
from benchmarks.plan import Part
from bot.dialogue.model import inputs_digest
from bot.settings import ROOT

Show = Callable[[float, str], None]
"""Shows how far a part is: a share from 0 to 1, and what it does."""
_REASON = 300


class Results:
    """What the parts gave, a file each, and the models they trained, in a folder of the results."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made if it is not there."""
        self.folder = folder
        self.work = folder / "work"
        self._parts = folder / "parts"
        self._logs = folder / "logs"
        for needed in (self.work, self._parts, self._logs):
            needed.mkdir(parents=True, exist_ok=True)

    def result(self, part: Part) -> dict[str, Any] | None:
        """What the part gave when it was run the same way on the same files, or None; so too if its model is gone."""
        file = self._file(part)
        if not file.is_file() or not Path(part.job.get("model", self.work)).exists():
            return None
        return _read(file)

    def run(self, part: Part, needed: list[dict[str, Any]], show: Show) -> dict[str, Any]:
        """Runs the part to its end.

        Raises:
            PartError: its process failed.
        """
        show(0.0, "")
        file, log = self._file(part), self._logs / f"{part.name}.log"
        for older in self._parts.glob(f"{part.name}.*.json"):
            older.unlink()
        job_file = self._parts / f"{part.name}.job"
        command = [sys.executable, "-m", "benchmarks.job", part.module, str(job_file), str(file)]
        with log.open("w", encoding="utf-8") as out:
            job_file.write_text(
                json.dumps({**part.job, "needed": needed, "started": time.monotonic()}), encoding="utf-8"
            )
            with subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(self.work / "cache"),
                stdout=subprocess.PIPE,
                stderr=out,
                text=True,
                start_new_session=True,
            ) as process:
                assert process.stdout is not None
                try:
                    for line in process.stdout:
                        _pass_on(line, out.write, show)
                except BaseException:
                    # With what it has started itself.
                    os.killpg(process.pid, signal.SIGTERM)
                    raise
        if process.returncode != 0:
            raise PartError(f"{part.doing} failed: {_reason(log)} (all of it: {log})")
        job_file.unlink()
        show(1.0, "")
        return _read(file)

    def _file(self, part: Part) -> Path:
        return self._parts / f"{part.name}.{_digest(part)}.json"


class PartError(RuntimeError):
    """A part failed; the message says which, and where its log is."""


def _read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def _pass_on(line: str, write: Callable[[str], int], show: Show) -> None:
    if line.startswith(PROGRESS):
        done, of, *doing = line.split()[1:]
        show(float(done) / float(of), " ".join(doing))
    else:
        write(line)


def _digest(part: Part) -> str:
    """Tells apart runs of other size, other sentences or other code of ours."""
    digest = hashlib.sha256(json.dumps([part.module, part.job], sort_keys=True).encode())
    digest.update(measured_files().encode())
    if "folder" in part.job:
        for file in sorted(Path(part.job["folder"]).glob(f"{part.job['set']}_*.csv")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def measured_files() -> str:
    """One digest over everything of the project that is trained and measured on."""
    digest = hashlib.sha256(inputs_digest().encode())
    for file in sorted((ROOT / "tests" / "nlu").glob("*.yml")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _reason(log: Path) -> str:
    """The beginning of what the last traceback says, or the last line."""
    lines = [line for line in log.read_text(encoding="utf-8").splitlines() if line.strip()]
    frames = [place for place, line in enumerate(lines) if line.startswith("  File ")]
    said = [line for line in lines[frames[-1] :] if not line.startswith(" ")] if frames else lines[-1:]
    return " ".join(said)[:_REASON] or "it said nothing"
