"""Numbers for supervisors: counted by the database, bounded in time, and without anything about a person."""
