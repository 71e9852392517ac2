"""What places are called when the guide speaks of them."""

from bot.formats import Language
from bot.guidance.policy import Policy


def named(policy: Policy, code: str, language: Language) -> str:
    """The city with the airport's code, "Vancouver (YVR)"; the code alone where nobody gave it a name."""
    text = policy.city_names.get(code) or (policy.airports[code].name if code in policy.airports else None)
    if text is None:
        return code
    return f"{text.fr if language == 'fr' else text.en} ({code})"
