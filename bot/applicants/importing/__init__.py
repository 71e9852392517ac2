"""Importing applicants from a file: read (CSV or JSON), check, store. `docs/register.md` describes the files."""
