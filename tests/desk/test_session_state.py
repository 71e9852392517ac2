"""What the page is told first of all."""

from bot.desk.session_cookie import NAME
from tests.desk.clerks import Desk
from tests.record.scripted import NOON


async def test_a_visitor_learns_what_is_needed_to_sign_in(desk: Desk) -> None:
    visitor = await desk.visitor()
    state = await visitor.session()
    assert state == {
        "signed_in": False,
        "second_factor_due": False,
        "password_due": False,
        "csrf": visitor.csrf,
        "staff": None,
        "oidc": None,
        "staffed": {"open": True, "next_opening": None},
        "now": NOON.isoformat().replace("+00:00", "Z"),
    }
    assert len(visitor.csrf) == 64


async def test_staff_learn_who_they_are(desk: Desk) -> None:
    clerk = await desk.sign_in("supervisor", "Zoé Roy", language="fr", email="zoe@example.org")
    state = await clerk.session()
    assert state["signed_in"] and not state["second_factor_due"] and not state["password_due"]
    assert state["staff"] == {
        "id": clerk.actor.id,
        "name": "Zoé Roy",
        "email": "zoe@example.org",
        "role": "supervisor",
        "language": "fr",
        "totp": False,
    }


async def test_a_session_without_its_second_factor_says_nothing_of_whose_it_is(desk: Desk) -> None:
    clerk = await desk.sign_in()
    assert clerk.account is not None
    half = await desk.browser_of(clerk.account, second_factor_due=True)
    state = await half.session()
    assert (state["signed_in"], state["second_factor_due"], state["staff"]) == (False, True, None)


async def test_the_token_changes_with_the_session(desk: Desk) -> None:
    first, second = await desk.visitor(), await desk.visitor()
    assert first.csrf != second.csrf
    assert (await first.session())["csrf"] == first.csrf
    assert NAME not in (await first.get("session")).cookies
