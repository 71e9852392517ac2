"""One part of the run, in a process of its own: `python -m benchmarks.job MODULE JOB.json RESULT.json`.

So that memory, time to ready and imports are those of one contestant. The module's `run` gets the job and gives what
goes into the result. Lines that begin with `PROGRESS` are for the bar of whoever started it.
"""

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

PROGRESS = "@progress"


def progress(done: float, of: float, doing: str = "") -> None:
    """Tells how far the part is."""
    sys.__stdout__.write(f"{PROGRESS} {done} {of} {doing}\n")
    sys.__stdout__.flush()


def since_start(job: dict[str, Any]) -> float:
    """Seconds since the process was started, its interpreter's own start included."""
    return time.monotonic() - float(job["started"])


def main() -> None:
    """Runs the part."""
    module, job_file, result_file = sys.argv[1:]
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    result = importlib.import_module(f"benchmarks.{module}").run(job)
    result["took_seconds"] = since_start(job)
    unfinished = Path(f"{result_file}.new")
    unfinished.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(result_file)


if __name__ == "__main__":
    main()
