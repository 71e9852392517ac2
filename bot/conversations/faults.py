"""Saying where a program failed without saying on what; the whole of it is with the logs."""

from bot.logs.faults import whereabouts

__all__ = ["whereabouts"]
