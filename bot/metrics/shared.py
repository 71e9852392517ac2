"""One answer for many processes: each writes its numbers into files of one folder, and whoever is asked adds them up.

The client library decides when it is imported whether it does so, by the environment. So the supervisor prepares the
folder before it starts the first process, which inherits the variable.
"""

import os
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def prepare_shared(folder: Path) -> None:
    """Makes `folder` that of all processes started from now on, and empties it of an earlier run's numbers."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in folder.glob("*.db"):
        left.unlink()
    os.environ[VARIABLE] = str(folder)


def forget(pid: int) -> None:
    """A process has ended: what it had open and used counts no more; what it counted stays counted."""
    folder = os.environ.get(VARIABLE)
    if folder is None:
        return
    for left in Path(folder).glob(f"gauge_live*_{pid}.db"):
        left.unlink(missing_ok=True)


def shared_folder() -> str | None:
    """The folder of all processes, None where this one counts alone."""
    return os.environ.get(VARIABLE)
