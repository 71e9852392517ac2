"""The desk, the staff side of the guide: its pages, its API and its socket."""
