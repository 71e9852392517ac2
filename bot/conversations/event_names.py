"""The names of what happens in a conversation, as they stand in its events."""

from typing import Final

STARTED: Final = "conversation.started"
RECEIVED: Final = "message.received"
ANSWERED: Final = "message.answered"
ANSWER_FAILED: Final = "message.answer_failed"
ANSWER_DROPPED: Final = "message.answer_dropped"
STATE_CHANGED: Final = "conversation.state_changed"
IDENTITY_PROVED: Final = "identity.proved"
RECOVERY_TRIED: Final = "message.recovery_tried"

ALL: Final = frozenset(
    {STARTED, RECEIVED, ANSWERED, ANSWER_FAILED, ANSWER_DROPPED, STATE_CHANGED, IDENTITY_PROVED, RECOVERY_TRIED}
)
