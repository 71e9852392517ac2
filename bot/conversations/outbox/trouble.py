"""Saying that the outbox cannot be used: once while the database is away, not once a second and channel."""

import logging

from bot.db.error import is_unavailable
from bot.logs.faults import whereabouts

_log = logging.getLogger(__name__)


class Trouble:
    """What all parts of one worker know of the database."""

    def __init__(self) -> None:
        self._is_away = False

    def failed(self, error: Exception) -> None:
        """Something could not be read or written."""
        is_away = is_unavailable(error)
        if not (is_away and self._is_away):
            _log.error("the outbox cannot be read or written: %s", whereabouts(error))
        self._is_away |= is_away

    def worked(self) -> None:
        """Something could."""
        if self._is_away:
            self._is_away = False
            _log.info("the outbox can be read and written again")
