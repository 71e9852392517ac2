"""Rasa is imported before any test module asks for a part of it."""

import tests.quietly  # noqa: F401
