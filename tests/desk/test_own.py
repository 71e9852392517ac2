"""Our own desk satisfies the port and needs nothing."""

from bot.conversations.handoff_desk import HandoffDesk
from bot.desk.own import OwnDesk


async def test_our_own_desk_has_nothing_to_forward() -> None:
    desk: HandoffDesk = OwnDesk()
    await desk.start()
    assert (desk.name, desk.routes()) == ("own", ())
    await desk.stop()
