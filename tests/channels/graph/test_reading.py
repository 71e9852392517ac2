"""What Meta's calls have in common."""

import pytest

from bot.channels.graph.reading import Coordinates, made_name, name_of, when
from bot.channels.port import CallError, Place


def test_an_id_is_kept_where_it_can_be_one_of_ours() -> None:
    assert name_of("wamid.HBgL=") == "wamid.HBgL="
    for strange in ("x" * 129, "a\nb", "a\ud800"):
        assert len(name_of(strange)) == 71
        assert name_of(strange) == name_of(strange) != name_of(strange + "x")


def test_a_made_name_tells_its_parts_apart_and_to_nobody() -> None:
    assert made_name("1", "23") != made_name("12", "3")
    assert "16505551234" not in made_name("16505551234")


def test_a_place_is_one_on_earth() -> None:
    assert Coordinates(lat=43.7, long=-79.6).place() == Coordinates(latitude=43.7, longitude=-79.6).place()
    assert Coordinates(latitude=0, longitude=0).place() == Place(0, 0)
    for nowhere in (Coordinates(), Coordinates(lat=90.1, long=0), Coordinates(lat=0, long=-180.1), Coordinates(lat=1)):
        assert nowhere.place() is None


def test_a_moment_is_a_number_in_either_form() -> None:
    assert when("1749416383") == when(1749416383) == 1749416383
    with pytest.raises(CallError):
        when("noon")
