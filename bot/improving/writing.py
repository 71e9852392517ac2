"""Writing a file so that whoever reads it finds the old one or the new one, never half of it."""

import os
from pathlib import Path


def write_whole(file: Path, content: str) -> None:
    """Writes `file`, in UTF-8, beside itself first; its folder must be there.

    Raises:
        OSError: it cannot be written; what stood there is as it was.
    """
    # The other ending keeps it from being read for what it is not yet: training takes every *.yml.
    written = file.with_suffix(f".{os.getpid()}.tmp")
    try:
        with written.open("w", encoding="utf-8") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        written.replace(file)
    finally:
        written.unlink(missing_ok=True)
