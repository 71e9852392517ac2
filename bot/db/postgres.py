"""How the guide uses PostgreSQL."""

from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

CONNECT_SECONDS = 10


def server(address: URL) -> AsyncEngine:
    """An engine with a pool for readers and writers together; a connection the server dropped is replaced unseen."""
    return create_async_engine(
        address,
        pool_size=10,
        max_overflow=10,
        pool_pre_ping=True,
        connect_args={"timeout": CONNECT_SECONDS},
    )
