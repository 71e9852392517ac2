"""Why a file does not take a correction."""

from typing import Literal

Refusal = Literal[
    "no-application",
    "cbsa-not-completed",
    "cbsa-at-land-centre",
    "cbsa-completed-already",
    "cbsa-not-booked",
    "cbsa-still-ahead",
    "centre-unknown",
    "shared-already",
    "trip-known",
    "too-many-trips",
    "withdrawn-already",
]


class CorrectionRefusedError(Exception):
    """The file as it is does not take the correction: `reason` for programs, the message for people."""

    def __init__(self, reason: Refusal, message: str) -> None:
        super().__init__(message)
        self.reason = reason
