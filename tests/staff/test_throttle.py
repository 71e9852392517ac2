from datetime import timedelta

import pytest

from bot.staff.throttle import FREE, FREE_PER_ADDRESS, LONGEST_WAIT, Throttle, TooSoonError
from tests.record.scripted import KEY
from tests.staff.office import Office


def _throttle(office: Office) -> Throttle:
    return Throttle(office.database, office.watch, KEY)


async def test_after_five_failures_each_wait_is_longer_up_to_a_limit(office: Office) -> None:
    alex = _throttle(office).subject("password", "alex@example.org")
    for _ in range(FREE):
        await _throttle(office).begin([alex])
    waits = []
    for _ in range(10):
        with pytest.raises(TooSoonError) as caught:
            await _throttle(office).begin([alex])
        waits.append(caught.value.seconds)
        office.watch.forward(seconds=caught.value.seconds)
        await _throttle(office).begin([alex])
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
    assert timedelta(seconds=waits[-1]) == LONGEST_WAIT


async def test_waiting_outlives_a_restart_and_other_subjects_do_not_wait(office: Office) -> None:
    alex, bo = (_throttle(office).subject("password", name) for name in ("alex", "bo"))
    for _ in range(FREE):
        await _throttle(office).begin([alex])
    with pytest.raises(TooSoonError):
        await Throttle(office.database, office.watch, KEY).begin([bo, alex])
    await _throttle(office).begin([bo])


async def test_success_forgives_the_account_but_not_the_address(office: Office) -> None:
    throttle = _throttle(office)
    address = throttle.address("192.0.2.7")
    for number in range(FREE_PER_ADDRESS - 1):
        await throttle.begin([throttle.subject("password", f"guess {number}"), address])
    own = [throttle.subject("password", "mallory"), address]
    await throttle.begin(own)
    async with office.database.write() as session:
        await throttle.succeeded(session, own)
    await throttle.begin(own)
    with pytest.raises(TooSoonError):
        await throttle.begin([throttle.subject("password", "alex"), address])


async def test_an_address_waits_a_minute_at_most_for_many_may_stand_behind_it(small_office: Office) -> None:
    throttle = _throttle(small_office)
    address = throttle.address("127.0.0.1")
    for _ in range(FREE_PER_ADDRESS + 10):
        await throttle.begin([address])
        small_office.watch.forward(minutes=1)
    await throttle.begin([address])
    small_office.watch.forward(seconds=59)
    with pytest.raises(TooSoonError):
        await throttle.begin([address])


async def test_a_quiet_day_forgets(office: Office) -> None:
    alex = _throttle(office).subject("password", "alex")
    for _ in range(FREE):
        await _throttle(office).begin([alex])
    with pytest.raises(TooSoonError):
        await _throttle(office).begin([alex])
    office.watch.forward(days=1)
    for _ in range(FREE):
        await _throttle(office).begin([alex])


def test_an_ipv6_network_is_one_address(small_office: Office) -> None:
    throttle = _throttle(small_office)
    assert throttle.address("2001:db8:1:2::a") == throttle.address("2001:db8:1:2:ffff::b")
    assert throttle.address("2001:db8:1:2::a") != throttle.address("2001:db8:1:3::a")
    assert throttle.address("192.0.2.7") != throttle.address("192.0.2.8")
    assert throttle.address("") == throttle.address("")
