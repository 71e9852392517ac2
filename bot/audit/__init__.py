"""The audit: an append-only list of who did what to what, and when."""
