from bot.staff.roles import ROLES, is_at_least


def test_each_role_may_do_what_those_before_it_may() -> None:
    assert ROLES == ("agent", "supervisor", "administrator")
    assert [is_at_least("supervisor", needed) for needed in ROLES] == [True, True, False]
