"""The names of what happens in a conversation, as they stand in its events."""

from typing import Final

STARTED: Final = "conversation.started"
RECEIVED: Final = "message.received"
ANSWERED: Final = "message.answered"
ANSWER_FAILED: Final = "message.answer_failed"
ANSWER_DROPPED: Final = "message.answer_dropped"
ENDED: Final = "conversation.ended"
IDENTITY_PROVED: Final = "identity.proved"
RECOVERY_TRIED: Final = "message.recovery_tried"
IDENTITY_LOCKED: Final = "identity.locked"
PERSON_ASKED_FOR: Final = "handoff.asked_for"
WITHDRAWN: Final = "handoff.withdrawn"
TAKEN: Final = "handoff.taken"
ASSIGNED: Final = "handoff.assigned"
HANDED_BACK: Final = "handoff.handed_back"
RESOLVED: Final = "handoff.resolved"
REOPENED: Final = "conversation.reopened"
SNOOZED: Final = "conversation.snoozed"
WOKEN: Final = "conversation.woken"
RATED: Final = "conversation.rated"
FILE_CORRECTED: Final = "file.corrected"
CORRECTION_WITHDRAWN: Final = "file.correction_withdrawn"
DELIVERY_FAILED: Final = "message.not_delivered"

ALL: Final = frozenset(
    {
        STARTED,
        RECEIVED,
        ANSWERED,
        ANSWER_FAILED,
        ANSWER_DROPPED,
        ENDED,
        IDENTITY_PROVED,
        RECOVERY_TRIED,
        IDENTITY_LOCKED,
        PERSON_ASKED_FOR,
        WITHDRAWN,
        TAKEN,
        ASSIGNED,
        HANDED_BACK,
        RESOLVED,
        REOPENED,
        SNOOZED,
        WOKEN,
        RATED,
        FILE_CORRECTED,
        CORRECTION_WITHDRAWN,
        DELIVERY_FAILED,
    }
)
