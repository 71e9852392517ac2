"""What places are called when the guide speaks of them."""

from bot.formats import Language
from bot.guidance.policy import Text
from bot.policy import Everything


class PlaceNames:
    """Names of IATA codes: the city's, since that is what travellers say."""

    def __init__(self, known: Everything) -> None:
        cities = [place for place in known.places.all if place.kind == "city"]
        # An airport serves several places; people name it after the one with a code of its own (Toronto, no suburb),
        # else after the one the policy lists first: its city, before suburbs and regions.
        cities.sort(key=lambda place: place.code is not None, reverse=True)
        self._cities: dict[str, Text] = {}
        for place in cities:
            for code in place.airports:
                self._cities.setdefault(code, place.name)
        self._airports = known.policy.airports

    def of(self, code: str, language: Language) -> str:
        """The city with the airport's code, "Vancouver (YVR)"; the code alone where nobody gave it a name."""
        text = self._cities.get(code) or (self._airports[code].name if code in self._airports else None)
        if text is None:
            return code
        return f"{text.fr if language == 'fr' else text.en} ({code})"
