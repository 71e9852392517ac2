"""All tables of the program, wherever their models live."""

import importlib

from sqlalchemy import MetaData

from bot.db.base import Base

# By name and on demand, because rooms import `bot.db` and not the other way round.
ROOMS: tuple[str, ...] = (
    "bot.alerts.models",
    "bot.applicants.models",
    "bot.audit.models",
    "bot.conversations.models",
    "bot.conversations.outbox.models",
    "bot.dialogue.tracker_models",
    "bot.handoff_desks.chatwoot.models",
    "bot.improving.models",
    "bot.staff.models",
)


def metadata() -> MetaData:
    """The tables of every room; a room that adds models adds itself to `ROOMS`."""
    for module in ROOMS:
        importlib.import_module(module)
    return Base.metadata
