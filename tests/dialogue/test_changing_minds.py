import pytest

from bot.dialogue.changing_minds import dropped


@pytest.mark.parametrize(
    ("text", "trip", "rest"),
    [
        ("never mind", False, ""),
        ("I changed my mind", False, ""),
        ("oh forget it", False, ""),
        ("laissez tomber", False, ""),
        ("J’ai changé d’idée.", False, ""),
        ("I changed my mind, what are my options?", False, "what are my options?"),
        ("j'ai changé d'avis, quelles options ai-je?", False, "quelles options ai-je?"),
        ("forget the flight, I'd rather go to a land centre", True, "I'd rather go to a land centre"),
        ("oubliez le vol, je préfère un centre terrestre", True, "je préfère un centre terrestre"),
        ("actually forget about my trip and tell me the fee", True, "tell me the fee"),
        ("forget the flight please", True, ""),
        ("forget my trip to Boston", True, ""),
        ("forget the flight to Boston, what else can I do?", True, "what else can I do?"),
    ],
)
def test_what_is_dropped_and_what_is_wanted_instead(text: str, trip: bool, rest: str) -> None:
    change = dropped(text)
    assert change is not None
    assert (change.trip, text[change.rest :]) == (trip, rest)


@pytest.mark.parametrize(
    "text", ["I forgot my passport", "do you mind?", "can I change my flight?", "j'ai oublié ma lettre", "no, Ottawa"]
)
def test_what_drops_nothing(text: str) -> None:
    assert dropped(text) is None
