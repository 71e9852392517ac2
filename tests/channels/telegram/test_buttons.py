"""A press means what the button said, however long its payload is."""

from bot.channels.telegram import buttons
from bot.channels.telegram.buttons import Key
from bot.conversations.transcript import ShownButton

LONG = "Où se trouvent les centres d’inscription les plus près de l’aéroport ?"


def _shown(*given: ShownButton) -> list[list[Key]]:
    rows = [buttons.row(button, place) for place, button in enumerate(given, 1)]
    assert all(1 <= len(row[0]["callback_data"].encode()) <= 64 for row in rows)
    return [[Key(**row[0])] for row in rows]


def test_a_short_payload_is_given_back_by_telegram_itself() -> None:
    keyboard = _shown(ShownButton("Yes", "yes, I do"))
    assert buttons.meaning(str(keyboard[0][0].callback_data), []) == "yes, I do"


def test_a_long_payload_is_found_by_its_place_in_the_keyboard() -> None:
    keyboard = _shown(ShownButton("One", LONG), ShownButton("Two", LONG + " 2"))
    assert [buttons.meaning(str(key.callback_data), keyboard) for (key,) in keyboard] == ["One", "Two"]


def test_without_the_keyboard_the_beginning_of_a_long_payload_has_to_do() -> None:
    keyboard = _shown(ShownButton("One", LONG))
    assert LONG.startswith(buttons.meaning(str(keyboard[0][0].callback_data), []))


def test_a_payload_that_looks_cut_is_not_taken_for_one() -> None:
    keyboard = _shown(ShownButton("Flight", "#1: by air"))
    assert buttons.meaning(str(keyboard[0][0].callback_data), keyboard) == "Flight"
