"""What the desk reads over HTTP: what may be asked, and what is refused."""

from collections.abc import Awaitable, Callable

import pytest

from tests.desk.clerks import Clerk, Desk
from tests.desk.inserted import ago, conversation

SignIn = Callable[..., Awaitable[Clerk]]


async def test_the_lists_and_the_search_are_those_of_who_asks(desk: Desk, sign_in: SignIn) -> None:
    alex, chief = await sign_in("agent"), await sign_in("supervisor")
    waits = await conversation(desk.database, "t: lost card", state="waiting", waiting_since=ago(1), language="fr")
    guides = await conversation(desk.database, "t: lost way")
    for clerk, seen in ((alex, {waits}), (chief, {waits, guides})):
        cards = (await clerk.read("conversations?view=all&limit=10"))["conversations"]
        hits = (await clerk.read("search?q=lost"))["hits"]
        assert {card["id"] for card in cards} == {hit["conversation_id"] for hit in hits} == seen
    found = await alex.read("conversations?language=fr&channel=web&reason=&cursor=")
    assert [card["preview"]["text"] for card in found["conversations"]] == ["lost card"]
    assert found["next"] is None
    assert (await alex.read("search?q=lost"))["hits"][0]["marks"] == [[0, 4]]
    assert (await alex.read(f"conversations/{waits}/summary"))["entries"][0]["asked"] == "lost card"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("conversations?view=mined", "view"),
        ("conversations?language=de", "language"),
        ("conversations?channel=%00", "channel"),
        ("conversations?reason=x", "reason"),
        ("conversations?limit=0", "limit"),
        ("conversations?limit=101", "limit"),
        ("conversations?cursor=x", "cursor"),
        ("conversations/{talk}/timeline?before=-1", "before"),
        ("conversations/{talk}/timeline?after=1e3", "after"),
        ("search", "q"),
        ("search?q=a&cursor=%C3%A9", "cursor"),
    ],
)
async def test_a_wrong_question_is_refused_by_its_name(desk: Desk, sign_in: SignIn, path: str, field: str) -> None:
    alex = await sign_in("agent")
    talk = await conversation(desk.database, state="waiting", waiting_since=ago(1))
    response = await alex.get(path.format(talk=talk))
    assert response.status == 422
    assert (await response.json())["errors"][0]["field"] == field
