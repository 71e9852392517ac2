"""What the load left in the database."""

import asyncpg

_WRITTEN = "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables"
_GAPS = """SELECT count(*) FROM (
    SELECT 1 FROM messages GROUP BY conversation_id HAVING max(seq) <> count(*) OR min(seq) <> 1) AS wrong"""
_COUNTS = {
    "conversations": "SELECT count(*) FROM conversations",
    "messages": "SELECT count(*) FROM messages",
    "travellers_messages": "SELECT count(*) FROM messages WHERE sender = 'traveller'",
    "unanswered": "SELECT count(*) FROM messages WHERE sender = 'traveller' AND answered_at IS NULL",
    "undelivered": "SELECT count(*) FROM outbox WHERE state <> 'sent'",
    "conversations_with_gaps": _GAPS,
    "rows_written": _WRITTEN,
    "bytes": "SELECT pg_database_size(current_database())",
}


async def look(database_url: str) -> dict[str, int]:
    """Counts of what is in the database, and the rows written since it was made."""
    connection = await asyncpg.connect(database_url.replace("postgresql+asyncpg", "postgresql"))
    try:
        # What each process has done reaches the statistics with a delay, unless it is asked for.
        await connection.execute("SELECT pg_stat_force_next_flush()")
        return {name: int(await connection.fetchval(query)) for name, query in _COUNTS.items()}
    finally:
        await connection.close()
