"""The form in which entities travel."""

from bot.nlu.found import Found


def test_touching_is_not_overlapping() -> None:
    assert not Found("city", "Boston", 0, 6).overlaps(Found("time", "x", 6, 9))
    assert Found("city", "Boston", 0, 6).overlaps(Found("time", "x", 5, 9))


def test_rasa_gets_role_and_extra_only_where_there_are_any() -> None:
    bare = Found("agency", "CBP", 3, 6).as_rasa("Rules")
    assert bare == {"entity": "agency", "value": "CBP", "start": 3, "end": 6, "extractor": "Rules"}
    full = Found("city", "Boston", 0, 6, "destination", {"country": "US"}).as_rasa("Rules")
    assert (full["role"], full["extra"]) == ("destination", {"country": "US"})
