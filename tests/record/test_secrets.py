"""What travellers type anyway is in no table and in no file."""

from pathlib import Path

from sqlalchemy import select

from bot.conversations.service import Conversations
from bot.db.engine import Database
from bot.db.models import metadata
from tests.record.scripted import ScriptedDialogue, Watch, conversations, message

SECRETS = ("981234567", "604-555-0123", "jeanne@exemple.ca", "1985-03-14", "4111 1111 1111 1111", "AB123456")


async def test_no_number_reaches_any_table(service: Conversations, database: Database) -> None:
    started = await service.start("web", "en")
    for n, secret in enumerate(SECRETS):
        await service.receive(started.conversation_id, message(f"I was born and here it is: {secret}", f"c{n}"))
    found = await _dump(database)
    assert "You said" in found
    assert not [secret for secret in SECRETS if secret in found]


async def _dump(database: Database) -> str:
    rows: list[str] = []
    async with database.read() as session:
        for table in metadata().sorted_tables:
            rows += [str(row) for row in (await session.execute(select(table))).all()]
    return "\n".join(rows)


async def test_no_number_is_in_the_sqlite_file(sqlite_database: Database, watch: Watch) -> None:
    service = conversations(sqlite_database, ScriptedDialogue(sqlite_database, watch), watch)
    started = await service.start("web", "en")
    for n, secret in enumerate(SECRETS):
        await service.receive(started.conversation_id, message(f"DOB and number: {secret}", f"c{n}"))
    file = Path(str(sqlite_database.address.database))
    content = b"".join(part.read_bytes() for part in file.parent.glob(file.name + "*"))
    assert b"You said" in content
    assert not [secret for secret in SECRETS if secret.encode() in content]
