"""What the mirror writes to agents, in the language of the conversation."""

from collections.abc import Sequence

from bot.conversations.models import Message
from bot.conversations.reasons import Reason
from bot.formats import Language
from bot.handoff_desks.chatwoot.links import Standing
from bot.privacy.links import without_links
from bot.texts import Catalogue

MESSAGES_IN_SUMMARY = 50
"""As many as an agent reads; 50 of 2,000 characters also fit in one message of Chatwoot (150,000 characters)."""

_LONGEST_SUMMARY = 120_000
_REASONS: dict[Reason, str] = {
    "asked": "chatwoot_reason_asked",
    "cannot_tell": "chatwoot_reason_cannot_tell",
    "unsure": "chatwoot_reason_unsure",
    "complaint": "chatwoot_reason_complaint",
    "identity_locked": "chatwoot_reason_identity_locked",
    "staff": "chatwoot_reason_staff",
}


class Words:
    """The sentences of the mirror."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def contact(self, standing: Standing) -> str:
        """The name of a contact, which says nothing of the person."""
        return self._catalogue.say("chatwoot_contact", standing.language, code=standing.id[:8])

    def office(self, language: Language) -> str:
        """Who acts where Chatwoot does not say who did."""
        return self._catalogue.say("chatwoot_office", language)

    def summary(self, standing: Standing, messages: Sequence[Message], earlier: int) -> str:
        """The note that begins a handoff: why, and what was said; `earlier` messages before those are left out."""
        spoken = [self.spoken(standing.language, each) for each in messages]
        while len(spoken) > 1 and sum(map(len, spoken)) > _LONGEST_SUMMARY:
            del spoken[0]
            earlier += 1
        head = [self._catalogue.say(_REASONS[standing.reason], standing.language)]
        if earlier:
            head.append(self._catalogue.say("chatwoot_earlier", standing.language, count=earlier))
        return "\n\n".join([*head, *spoken])[:_LONGEST_SUMMARY]

    def spoken(self, language: Language, message: Message) -> str:
        """A message with who said it."""
        if message.sender == "staff":
            who = (message.meta.get("author") or {}).get("name") or self.office(language)
        elif message.sender == "bot":
            who = self._catalogue.say("chatwoot_guide", language)
        else:
            who = self._catalogue.say("chatwoot_traveller", language)
        # Marked line by line, so that nobody's second line looks like the guide's first.
        text = "\n> ".join(without_links(message.text).splitlines())
        return self._catalogue.say("chatwoot_spoken", language, who=who, text=text)

    def line(self, language: Language) -> str:
        """What the traveller reads when an agent resolves the conversation."""
        return self._catalogue.say("chatwoot_resolved_line", language)

    def closed_here(self, language: Language) -> str:
        """The traveller needs no person any more, or somebody at the guide's desk ended it."""
        return self._catalogue.say("chatwoot_back_with_guide", language)

    def not_delivered(self, language: Language, why: str) -> str:
        """A message of an agent's that the traveller did not get."""
        return self._catalogue.say("chatwoot_not_delivered", language, why=why)

    def too_long(self, language: Language) -> str:
        """Why: it is too long."""
        return self._catalogue.say("chatwoot_why_too_long", language)

    def cannot_be_stored(self, language: Language) -> str:
        """Why: it is empty or holds what is no text."""
        return self._catalogue.say("chatwoot_why_no_text", language)

    def taken(self, language: Language, by: str) -> str:
        """Why: somebody at the guide's own desk has the conversation."""
        return self._catalogue.say("chatwoot_why_taken", language, by=by)

    def ended(self, language: Language) -> str:
        """Why: the conversation has ended."""
        return self._catalogue.say("chatwoot_why_ended", language)

    def attachments(self, language: Language) -> str:
        """The attachments of an agent's message did not go out."""
        return self._catalogue.say("chatwoot_attachments", language)

    def note_not_kept(self, language: Language) -> str:
        """A note of an agent's is at Chatwoot only."""
        return self._catalogue.say("chatwoot_note_not_kept", language)
