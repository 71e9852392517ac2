"""Alembic's entry: runs the migrations on the connection that `bot.db.migrate` hands in, in its transaction."""

from alembic import context

from bot.db.models import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata(),
    # SQLite alters a table by making a new one and moving the rows over.
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
