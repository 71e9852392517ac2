"""What places are called when the guide speaks of them."""

from bot.formats import Language
from bot.guidance.policy import Text
from bot.policy import Everything


class PlaceNames:
    """Names of IATA codes: the city's, since that is what travellers say."""

    def __init__(self, known: Everything) -> None:
        cities = [place for place in known.places.all if place.kind == "city"]
        # An airport serves several places. People name it after the one it is the likeliest airport of (Newark, not New
        # York), and of those the policy lists the city before suburbs and regions.
        self._cities: dict[str, Text] = {}
        likeliest = [(place.airports[0], place.name) for place in cities]
        others = [(code, place.name) for place in cities for code in place.airports[1:]]
        for code, name in likeliest + others:
            self._cities.setdefault(code, name)
        self._airports = known.policy.airports

    def of(self, code: str, language: Language) -> str:
        """The city with the airport's code, "Vancouver (YVR)"; the code alone where nobody gave it a name."""
        text = self._cities.get(code) or (self._airports[code].name if code in self._airports else None)
        if text is None:
            return code
        return f"{text.fr if language == 'fr' else text.en} ({code})"
