"""Canned replies over HTTP: by whom, for whom, and what the audit says of it."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.applicants.filing import audited
from tests.desk.clerks import Clerk, Desk
from tests.desk.inserted import conversation, proved

SignIn = Callable[..., Awaitable[Clerk]]


def greeting(answer: Any) -> str:
    return next(str(reply["text"]["en"]) for reply in answer["replies"] if reply["key"] == "greeting")


async def test_the_name_is_filled_in_only_where_it_is_proved_and_that_is_a_look(desk: Desk, sign_in: SignIn) -> None:
    chief = await sign_in("supervisor", "Chi Lam")
    talk = await conversation(desk.database, "t: hello", state="waiting")
    assert greeting(await chief.read(f"conversations/{talk}/canned")).startswith("Hello, this is Chi Lam.")
    assert await audited(desk.database) == []

    await proved(desk.database, talk)
    assert greeting(await chief.read(f"conversations/{talk}/canned")).startswith(
        "Hello Sample: Amara, this is Chi Lam."
    )
    [(who, action, applicant_id, data)] = await audited(desk.database)
    assert (who, action, data) == ("Chi Lam", "file.viewed", {"conversation": talk, "part": "name"})
    assert applicant_id.startswith("A")
