"""How the guide uses PostgreSQL."""

from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

CONNECT_SECONDS = 10
STATEMENT_SECONDS = 15.0
"""Longer than any statement of the guide's takes, reports included. A server that hangs is then away, as one that is
down, and nobody waits for it in silence: not a provider's call, nor what tells the WebSockets."""


def server(address: URL, *, statement_seconds: float | None = STATEMENT_SECONDS) -> AsyncEngine:
    """An engine with a pool for readers and writers together; a connection the server dropped is replaced unseen.

    A statement that takes longer than `statement_seconds` fails with a TimeoutError; without them it may take for ever.
    """
    return create_async_engine(
        address,
        pool_size=10,
        max_overflow=10,
        pool_pre_ping=True,
        connect_args={"timeout": CONNECT_SECONDS, "command_timeout": statement_seconds},
    )
