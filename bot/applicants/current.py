"""Which of a person's applications counts."""

from collections.abc import Iterable
from datetime import date

from bot.applicants.models import Application


def current_application(applications: Iterable[Application]) -> Application | None:
    """The newest: one not yet submitted, else the one submitted last; of equals, the one later in the register."""
    return max(
        applications,
        key=lambda application: (
            application.status == "not_submitted",
            application.submitted_on or date.min,
            application.number,
        ),
        default=None,
    )
