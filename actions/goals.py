"""The questions that a later answer can lead back to, by name."""

from collections.abc import Awaitable, Callable

from actions.cbp_on_flight import GOAL as CBP_ON_FLIGHT
from actions.cbp_on_flight import cbp_on_flight
from actions.centres import where_centres
from actions.interview_options import interview_options
from actions.next_step import next_step
from actions.renewal import renewal
from actions.status import check_status
from actions.turn import Turn
from actions.verify import verify_identity

GOALS: dict[str, Callable[[Turn], Awaitable[None]]] = {
    CBP_ON_FLIGHT: cbp_on_flight,
    "check_status": check_status,
    "interview_options": interview_options,
    "next_step": next_step,
    "renewal": renewal,
    "where_centres": where_centres,
    "verify_identity": verify_identity,
}
