"""Where everything is kept: one database, SQLite by default, PostgreSQL when one process is not enough."""
