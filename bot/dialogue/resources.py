"""What custom actions work with: the policy, the wording, the database, the clock.

The guide hands them in once (`provide`). Under `rasa run actions`, where nobody hands anything in, they are opened
from the settings at the first use.
"""

from dataclasses import dataclass
from functools import cached_property

from bot.clock import Clock, clock_from
from bot.conversations.staffed_hours import StaffedHours
from bot.db.engine import Database, open_database
from bot.guidance.policy import Policy
from bot.policy import Everything, load_all
from bot.settings import ROOT, Settings, load_settings
from bot.texts import Catalogue

RESPONSES = ROOT / "data" / "responses"


@dataclass(frozen=True)
class Resources:
    """Shared by all actions; nothing in it changes while the guide runs."""

    settings: Settings
    database: Database
    known: Everything
    wording: Catalogue
    clock: Clock

    @property
    def policy(self) -> Policy:
        """The policy as the engine sees it."""
        return self.known.policy

    @cached_property
    def staffed(self) -> StaffedHours:
        """When staff read messages. Raises SettingsError where the settings say no hours."""
        return StaffedHours.parse(self.settings.staffed_hours, self.settings.staff_time_zone)


_provided: list[Resources] = []


def provide(resources: Resources) -> None:
    """Hands the actions what they work with; a later call replaces an earlier one."""
    _provided[:] = [resources]


async def resources() -> Resources:
    """What was handed in, or what the settings say."""
    if not _provided:
        settings = load_settings()
        database = await open_database(settings.database_url)
        wording = Catalogue.load(RESPONSES)
        provide(Resources(settings, database, load_all(), wording, clock_from(settings.clock_start)))
    return _provided[0]
