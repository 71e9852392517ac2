"""How far each side has read; marks move forward only."""

from bot.audit.actor import Actor
from bot.conversations.broadcast import Broadcast, Read
from bot.conversations.held import locked
from bot.db.engine import Database


async def move(
    database: Database, broadcast: Broadcast, conversation_id: str, mark: Read, *, by: Actor | None = None
) -> None:
    """Moves a mark and tells watchers. `by` is who of the staff reads: only the assignee's reading counts."""
    async with database.write() as session, locked(session, conversation_id) as held:
        name = f"{mark.by}_read_seq"
        seq = min(mark.seq, held.row.last_seq)
        moved = seq > getattr(held.row, name) and (by is None or held.row.assignee_id == by.id)
        if moved:
            setattr(held.row, name, seq)
    if moved:
        broadcast.tell(conversation_id, Read(mark.by, seq))
