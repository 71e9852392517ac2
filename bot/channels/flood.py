"""Who writes faster than anybody types: every message is kept, and answered once in a while that it is too many."""

from collections.abc import Sequence

from bot.channels.hearing import Heard
from bot.conversations.dialogue_port import Reply
from bot.conversations.limits import MESSAGES_PER_CONVERSATION, Limits
from bot.conversations.own_answer import OwnAnswer

SAID_AGAIN_SECONDS = 60
"""An answer costs money on some channels, and a script does not read it."""


class Flood:
    """Counts the messages of each conversation, as the web page's are counted."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._limiter = limits.limiter("messages", MESSAGES_PER_CONVERSATION)

    async def stemmed(self, conversation_id: str, heard: Sequence[Heard], notice: Reply) -> Sequence[Heard]:
        """What was heard; where it is too much, kept without an answer but the `notice`. STOP and START are obeyed."""
        if not await self._limiter.take(conversation_id):
            return heard
        return [each if _is_obeyed(each) else await self._kept(conversation_id, each, notice) for each in heard]

    async def _kept(self, conversation_id: str, heard: Heard, notice: Reply) -> Heard:
        is_told = not await self._limits.is_first(f"flood|{conversation_id}", SAID_AGAIN_SECONDS)
        return Heard(heard.text, OwnAnswer(() if is_told else (notice,), for_staff=True))


def _is_obeyed(heard: Heard) -> bool:
    return heard.own is not None and heard.own.subscription is not None
