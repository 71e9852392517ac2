"""One answer for many processes: each writes its numbers into files of one folder, and whoever is asked adds them up.

The client library decides when it is imported whether it does so, by the environment. So the supervisor prepares the
folder before it starts the first process, which inherits the variable.
"""

import os
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_ADDED = frozenset({"counter", "histogram"})
_ENDED = "ended"


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
    for left in Path(folder).glob(f"*_{pid}.db"):
        kind = left.name.partition("_")[0]
        if kind in _ADDED:
            _add(left, Path(folder) / f"{kind}_{_ENDED}.db")
        left.unlink(missing_ok=True)


def _add(left: Path, ended: Path) -> None:
    """Adds a process's numbers to those of all that have ended, so that files do not grow in number with them."""
    # The supervisor needs it here alone.
    from prometheus_client.mmap_dict import MmapedDict

    one, all_ended = MmapedDict(str(left), read_mode=True), MmapedDict(str(ended))  # type: ignore[no-untyped-call]
    for key, value, *_ in [*one.read_all_values()]:  # type: ignore[no-untyped-call]
        before, _ = all_ended.read_value(key)  # type: ignore[no-untyped-call]
        all_ended.write_value(key, before + value, 0.0)  # type: ignore[no-untyped-call]
    one.close()  # type: ignore[no-untyped-call]
    all_ended.close()  # type: ignore[no-untyped-call]


def shared_folder() -> str | None:
    """The folder of all processes, None where this one counts alone."""
    return os.environ.get(VARIABLE)
