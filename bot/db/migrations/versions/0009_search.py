"""Search over the masked text of messages and notes, and the indexes that keep the desk fast.

`search_entries` numbers what can be found in the order it was written; triggers keep it, whoever writes. The words are
in an FTS5 table on SQLite (`search_index`, whose rowid is the entry's number, since VACUUM may renumber those of
`messages`) and in a column with a GIN index on PostgreSQL. No model knows these tables: they differ per database and
`bot/desk/search.py` alone reads them. On SQLite a later migration that alters `messages` or `notes` by moving rows
(`batch_alter_table`) loses the triggers and must make them again by `keep_searchable` below.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_search"
down_revision = "0008_corrections"
branch_labels = None
depends_on = None

_FOUND_IN = (("messages", "message"), ("notes", "note"))
_LIGATURES = (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"))


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    _make_indexes("json_extract(meta, '$.ruling') IS NOT NULL" if on_sqlite else "(meta -> 'ruling') IS NOT NULL")
    if on_sqlite:
        _make_sqlite_tables()
        keep_searchable()
    else:
        _make_postgresql_tables()
        _keep_searchable_on_postgresql()


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, _kind in _FOUND_IN:
        for act in ("added", "changed", "removed") if on_sqlite else ("followed",):
            op.execute(f"DROP TRIGGER search_{table}_{act}" + ("" if on_sqlite else f" ON {table}"))
    if on_sqlite:
        op.execute("DROP TABLE search_index")
    op.execute("DROP TABLE search_entries")
    if not on_sqlite:
        op.execute("DROP FUNCTION search_follow()")
        op.execute("DROP FUNCTION search_words(text)")
    op.drop_index("ix_conversation_events_conversation_id", "conversation_events")
    op.create_index("ix_conversation_events_conversation_id", "conversation_events", ["conversation_id"])
    op.drop_index("ix_messages_ruling", "messages")
    op.drop_index("ix_handoffs_assignee_id", "handoffs")
    op.drop_index("ix_conversations_snoozed_until", "conversations")
    op.drop_index("ix_conversations_state_touched_at", "conversations")


def _make_indexes(has_ruling: str) -> None:
    op.create_index("ix_conversations_state_touched_at", "conversations", ["state", "touched_at", "id"])
    snoozed = sa.text("snoozed_until IS NOT NULL")
    op.create_index(
        "ix_conversations_snoozed_until",
        "conversations",
        ["snoozed_until", "id"],
        sqlite_where=snoozed,
        postgresql_where=snoozed,
    )
    op.create_index("ix_handoffs_assignee_id", "handoffs", ["assignee_id", "conversation_id"])
    rulings = sa.text(f"sender = 'bot' AND {has_ruling}")
    op.create_index(
        "ix_messages_ruling", "messages", ["conversation_id", "seq"], sqlite_where=rulings, postgresql_where=rulings
    )
    # A transcript is paged by seq, and so is what happened in it.
    op.drop_index("ix_conversation_events_conversation_id", "conversation_events")
    op.create_index("ix_conversation_events_conversation_id", "conversation_events", ["conversation_id", "seq"])


def _make_sqlite_tables() -> None:
    op.execute(
        "CREATE TABLE search_entries (id INTEGER PRIMARY KEY AUTOINCREMENT, object_id VARCHAR(36) NOT NULL UNIQUE, "
        "kind VARCHAR(10) NOT NULL, conversation_id VARCHAR(36) NOT NULL)"
    )
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5 "
        "(words, content='', tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')"
    )
    for table, kind in _FOUND_IN:
        op.execute(
            "INSERT INTO search_entries (object_id, kind, conversation_id) "  # noqa: S608 - our own names
            f"SELECT id, '{kind}', conversation_id FROM {table} ORDER BY created_at, id"
        )
        op.execute(
            f"INSERT INTO search_index (rowid, words) SELECT e.id, {_plain('t.text')} "  # noqa: S608 - our own names
            f"FROM search_entries AS e JOIN {table} AS t ON t.id = e.object_id ORDER BY e.id"
        )


def keep_searchable() -> None:
    """Makes SQLite's triggers, which go with their table where it is replaced."""
    for table, kind in _FOUND_IN:
        new = f"SELECT id, {_plain('new.text')} FROM search_entries WHERE object_id = new.id"  # noqa: S608
        old = f"SELECT 'delete', id, {_plain('old.text')} FROM search_entries WHERE object_id = old.id"  # noqa: S608
        add = f"INSERT INTO search_index (rowid, words) {new};"
        # How FTS5 wants to be told that an entry goes: by what it held.
        remove = f"INSERT INTO search_index (search_index, rowid, words) {old};"
        number = (
            "INSERT INTO search_entries (object_id, kind, conversation_id) "  # noqa: S608 - our own names
            f"VALUES (new.id, '{kind}', new.conversation_id);"
        )
        forget = "DELETE FROM search_entries WHERE object_id = old.id;"
        name = f"CREATE TRIGGER search_{table}"
        op.execute(f"{name}_added AFTER INSERT ON {table} BEGIN {number} {add} END")
        op.execute(f"{name}_changed AFTER UPDATE OF text ON {table} BEGIN {remove} {add} END")
        op.execute(f"{name}_removed AFTER DELETE ON {table} BEGIN {remove} {forget} END")


def _plain(column: str) -> str:
    # The tokenizer takes accents away, but not ligatures apart.
    for ligature, letters in _LIGATURES:
        column = f"replace({column}, '{ligature}', '{letters}')"
    return column


def _make_postgresql_tables() -> None:
    # Whatever the database's locale: in "C", PostgreSQL knows no letter beyond ASCII, and would lower no É as it is.
    op.execute(
        "CREATE FUNCTION search_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
        f"$$ SELECT to_tsvector('simple', regexp_replace(lower(regexp_replace(normalize({_plain('$1')}, NFD), "
        r"'[\u0300-\u036f]+', '', 'g')), '[^a-z0-9\u00c0-\u1fff\u2c00-\u2fff\u3040-\uffff]+', ' ', 'g')) $$"
    )
    op.execute(
        "CREATE TABLE search_entries (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
        "object_id varchar(36) NOT NULL UNIQUE, kind varchar(10) NOT NULL, conversation_id varchar(36) NOT NULL, "
        "words tsvector NOT NULL)"
    )
    for table, kind in _FOUND_IN:
        op.execute(
            "INSERT INTO search_entries (object_id, kind, conversation_id, words) "  # noqa: S608 - our own names
            f"SELECT id, '{kind}', conversation_id, search_words(text) FROM {table} ORDER BY created_at, id"
        )
    # A list of what is not yet in the index would be read through by every search.
    op.execute("CREATE INDEX ix_search_entries_words ON search_entries USING gin (words) WITH (fastupdate = off)")


def _keep_searchable_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION search_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'INSERT' THEN INSERT INTO search_entries (object_id, kind, conversation_id, words) "
        "VALUES (NEW.id, TG_ARGV[0], NEW.conversation_id, search_words(NEW.text)); "
        "ELSIF TG_OP = 'UPDATE' THEN UPDATE search_entries SET words = search_words(NEW.text) "
        "WHERE object_id = NEW.id; "
        "ELSE DELETE FROM search_entries WHERE object_id = OLD.id; END IF; RETURN NULL; END $$"
    )
    for table, kind in _FOUND_IN:
        op.execute(
            f"CREATE TRIGGER search_{table}_followed AFTER INSERT OR UPDATE OF text OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION search_follow('{kind}')"
        )
