from tests.desk.clerks import Desk, account


async def test_who_can_be_assigned_is_listed_without_addresses(desk: Desk) -> None:
    zoe = await desk.sign_in("supervisor", "Zoé Roy")
    alex = await desk.sign_in("agent", "Alex Tremblay")
    await account(desk.database, name="Gone", disabled_at=desk.watch())
    assert await alex.read("staff") == {
        "staff": [
            {"id": alex.actor.id, "name": "Alex Tremblay", "role": "agent"},
            {"id": zoe.actor.id, "name": "Zoé Roy", "role": "supervisor"},
        ]
    }
