"""One lock a conversation."""

import asyncio

from bot.conversations.locks import Locks


async def test_a_lock_is_forgotten_when_nobody_holds_it() -> None:
    locks = Locks()
    order = []

    async def take(number: int) -> None:
        async with locks.hold("c"):
            order.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(take(number) for number in range(5)))
    assert order == [0, 1, 2, 3, 4]
    assert len(locks) == 0
