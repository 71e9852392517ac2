"""What staff write: checked and masked as travellers' words are, but for what an office may be reached by."""

from datetime import datetime

from bot.conversations.intake import SendMessage, check
from bot.privacy.masking import mask

_LONGEST_CLIENT_ID = 64
# A traveller's own ids are printable, so the two never meet.
_STAFF = "staff\x1f"


def client_id(given: str) -> str:
    """What stands in the record for the id a desk gave to a message or a note. Raises IntakeError where it is none."""
    check(SendMessage("-", given[: _LONGEST_CLIENT_ID + 1]))
    return f"{_STAFF}{given[:_LONGEST_CLIENT_ID]}"


def masked_words(text: str, now: datetime) -> str:
    """The words as they are stored: no document or card number, no birth date, but an office's telephone and e-mail.

    Raises:
        IntakeError: they are empty, too long, or hold what cannot be stored.
    """
    check(SendMessage(text, "-"))
    return mask(text, now, keep=("email", "phone")).text
