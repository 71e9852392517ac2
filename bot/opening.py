"""Opens what the guide rests on, in order, and closes it again: policy, wording, database, model."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, NamedTuple

from bot.settings import ROOT, Settings

if TYPE_CHECKING:
    from bot.dialogue.host import GuideDialogue
    from bot.dialogue.resources import Resources

_log = logging.getLogger(__name__)


class StartError(Exception):
    """The guide cannot start; the message is one sentence that says what is wrong and what to do."""


class Opened(NamedTuple):
    """What the guide works with, and the dialogue on top of it."""

    resources: "Resources"
    dialogue: "GuideDialogue"


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Opened]:
    """Everything a running guide needs, with the database brought up to date.

    Raises:
        StartError: the staffed hours, the policy, the wording, a channel's settings, the model or the database cannot
            be used.
    """
    from bot.channels.kind import Parts, enabled
    from bot.clock import clock_from
    from bot.conversations.staffed_hours import StaffedHours
    from bot.db.engine import DatabaseError, open_database
    from bot.db.migrate import upgrade
    from bot.dialogue.model import ModelError, usable_model
    from bot.dialogue.resources import Resources
    from bot.handoff_desks.chatwoot.options import read_options
    from bot.policy import PolicyError, load_all
    from bot.texts import Catalogue, WordingError

    try:
        StaffedHours.parse(settings.staffed_hours, settings.staff_time_zone)
        if settings.handoff_desk == "chatwoot":
            read_options(settings)
        clock = clock_from(settings.clock_start)
        known = load_all()
        catalogue = Catalogue.load(ROOT / "data" / "responses")
        # Only to hear now what is wrong with a channel's settings; nothing is connected before it is used.
        enabled(Parts(settings, catalogue))
        await asyncio.to_thread(usable_model, settings.model_dir)
        await upgrade(settings.database_url)
        database = await open_database(settings.database_url)
    except (DatabaseError, ModelError, PolicyError, WordingError, ValueError) as error:
        raise StartError(str(error)) from error
    try:
        _log.info("loading the model")
        resources = Resources(settings, database, known, catalogue, clock)
        # In a thread, so that the guide can be stopped while it loads.
        yield Opened(resources, await asyncio.to_thread(_load, resources))
    except ModelError as error:
        raise StartError(str(error)) from error
    finally:
        await database.close()


def _load(resources: "Resources") -> "GuideDialogue":
    # Last of all, because importing Rasa takes seconds: what is wrong with model or database is said before.
    from bot.dialogue.quiet import quiet_rasa

    quiet_rasa()

    from bot.dialogue.host import load_dialogue

    return load_dialogue(resources)
