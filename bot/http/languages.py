"""Which language a request wants."""

from aiohttp import web

from bot.formats import Language
from bot.http.problems import wrong_field
from bot.texts import LANGUAGES


def wanted(request: web.Request) -> Language:
    """`?lang=`, else what `Accept-Language` likes best of English and French, else English."""
    asked = request.query.get("lang", "")
    for language in LANGUAGES:
        if asked == language:
            return language
    return accepted(request.headers.get("Accept-Language", ""))


def strictly_wanted(request: web.Request) -> Language:
    """As `wanted`, but another `?lang=` than en or fr is Problem 422."""
    if "lang" in request.query and request.query["lang"] not in LANGUAGES:
        raise wrong_field("lang", "expected en or fr")
    return wanted(request)


def accepted(header: str) -> Language:
    """The better liked of the two in an `Accept-Language` header (RFC 9110, 12.5.4); English where it names none."""
    liked: dict[Language, float] = {}
    for entry in header[:500].split(","):
        name, _, rest = entry.strip().partition(";")
        for language in LANGUAGES:
            if name.strip().lower().split("-")[0] == language:
                liked[language] = max(liked.get(language, 0.0), _quality(rest))
    best = max(liked.values(), default=0.0)
    if best <= 0:
        return "en"
    return next(language for language in liked if liked[language] == best)


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
