"""Rasa is imported before any test module asks for a part of it."""

from tests.trained import assistant  # noqa: F401
