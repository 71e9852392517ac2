from bot.policy import Everything
from bot.policy.counts import counts


def test_every_file_is_counted_and_none_is_empty(everything: Everything) -> None:
    counted = counts(everything)
    assert all(count > 0 for count in counted.values())
    assert counted["parameters.yml"] == len(everything.policy.parameters)
    assert counted["places_abroad.yml"] < counted["places.yml"]
