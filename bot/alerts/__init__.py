"""Telling staff, where they are, that a traveller began to wait for a person."""
