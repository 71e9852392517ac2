from datetime import date

from bot.policy import Everything


def test_every_rule_has_been_so_since_the_joint_release(everything: Everything) -> None:
    assert {rule.span.start for rule in everything.policy.rules.values()} == {date(2023, 1, 25)}
    assert {rule.span.end for rule in everything.policy.rules.values()} == {None}


def test_the_two_steps_rest_on_the_joint_release(everything: Everything) -> None:
    for rule in ("cbsa_completed", "shared_with_cbp", "started_at_airport_finish_at_airport", "benefits_five_years"):
        assert "cbsa-cbp-2023-01-25" in everything.policy.rules[rule].span.sources
