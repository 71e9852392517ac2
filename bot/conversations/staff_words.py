"""What staff write: checked and masked as travellers' words are, but for what an office may be reached by."""

from datetime import datetime

from bot.conversations.intake import IntakeError, SendMessage, check
from bot.privacy.masking import mask

_LONGEST_CLIENT_ID = 64
_ID = "client_message_id"
# A traveller's own ids are printable, so the two never meet.
_STAFF = "staff\x1f"


class IdUsedError(IntakeError):
    """The id of a message or a note was that of another text, which is stored; this one is not."""


def client_id(given: str) -> str:
    """What stands in the record for the id a desk gave to a message or a note. Raises IntakeError where it is none."""
    if len(given) > _LONGEST_CLIENT_ID:  # cut, two would be one, and the second message would be lost
        raise IntakeError(_ID, f"expected 1 to {_LONGEST_CLIENT_ID} characters, got {len(given)}")
    check(SendMessage("-", given))
    return f"{_STAFF}{given}"


def refuse_another(stored: str, words: str) -> None:
    """Raises IdUsedError where what is stored under an id is not what was to be stored."""
    if stored != words:
        raise IdUsedError(_ID, "was used for another text in this conversation; give each an id of its own")


def masked_words(text: str, now: datetime) -> str:
    """The words as they are stored: no document or card number, no birth date, but an office's telephone and e-mail.

    Raises:
        IntakeError: they are empty, too long, or hold what cannot be stored.
    """
    check(SendMessage(text, "-"))
    return mask(text, now, keep=("email", "phone")).text
