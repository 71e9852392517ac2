"""Commands: what Telegram's apps offer as a button or a menu, said in the words that all channels obey."""

import re
from collections.abc import Mapping

from bot.formats import Language

_COMMAND = re.compile(r"/([a-z]+)(?:@\w+)?(?:\s.*)?", re.IGNORECASE | re.DOTALL)
"""With the bot's name, as apps write it, and what follows: `/start` may carry the parameter of a link."""

_WORDS: Mapping[str, Mapping[Language, str]] = {
    "start": {"en": "START", "fr": "DÉBUT"},
    "help": {"en": "HELP", "fr": "AIDE"},
    "aide": {"en": "AIDE", "fr": "AIDE"},
    "stop": {"en": "STOP", "fr": "ARRÊT"},
    "arret": {"en": "ARRÊT", "fr": "ARRÊT"},
}


def words(text: str, language: Language | None) -> str:
    """The words that a command stands for; what is no command of ours stays as it is."""
    command = _COMMAND.fullmatch(text.strip())
    known = _WORDS.get(command.group(1).lower()) if command else None
    return text if known is None else known[language or "en"]
