import pytest

from bot.staff.known_browser import LASTS, is_known, ticket
from tests.record.scripted import KEY, NOON

TICKET = ticket(KEY, "alex", NOON)


def test_a_ticket_is_good_for_its_account_until_it_is_too_old() -> None:
    assert is_known(KEY, "alex", TICKET, NOON)
    assert not is_known(KEY, "bo", TICKET, NOON)
    assert not is_known("another key", "alex", TICKET, NOON)
    assert not is_known(KEY, "alex", TICKET, NOON + LASTS)


# A ticket is another one in every process, so it cannot be a test's name.
@pytest.mark.parametrize(
    "shown",
    [None, "", "a.b.c", "..", TICKET + "0", "9" + TICKET, "é.é.é", "x" * 1000],
    ids=["none", "empty", "words", "dots", "longer", "later", "letters", "long"],
)
def test_what_we_did_not_give_is_no_ticket(shown: str | None) -> None:
    assert not is_known(KEY, "alex", shown, NOON)
