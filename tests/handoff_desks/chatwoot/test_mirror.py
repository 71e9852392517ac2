"""Whatever breaks in between: nothing is lost, nothing comes twice, and Chatwoot in trouble is left in peace."""

import logging

import pytest

from tests.handoff_desks.chatwoot.conftest import World, until

FIRST = ["> person", "note: Guide: Wait here."]


async def test_what_was_said_while_chatwoot_was_down_arrives_once_and_in_order(world: World) -> None:
    world.chatwoot.down = True
    first = await world.waiting()
    await until(lambda: world.naps.seconds)
    for each in ("one", "two"):
        await world.say(first, each)
    world.naps.end()
    await until(lambda: len(world.naps.seconds) == 2)
    assert world.naps.seconds == [1.0, 2.0]

    world.chatwoot.down = False
    world.naps.end()
    await until(lambda: len(world.chatwoot.seen()) == 3)
    await world.settled()
    summary, *rest = world.chatwoot.seen()
    assert rest == ["> two", "note: Guide: You said: two"]
    assert summary.endswith("Traveller: one\n\nGuide: You said: one")

    world.chatwoot.down = True
    await world.say(first, "three")
    await until(lambda: len(world.naps.seconds) == 3)
    await world.say(first, "four")
    world.chatwoot.down = False
    world.naps.end()
    await until(lambda: len(world.chatwoot.seen()) == 7)
    await world.settled()
    assert world.chatwoot.seen()[3:] == [
        line for each in ("three", "four") for line in (f"> {each}", f"note: Guide: You said: {each}")
    ]
    assert world.naps.seconds == [1.0, 2.0, 1.0]


@pytest.mark.parametrize("lost", range(5))
async def test_what_arrived_although_its_answer_was_lost_is_not_sent_again(sqlite_world: World, lost: int) -> None:
    """Contact, conversation, summary, the traveller's message, the guide's: each in turn."""
    sqlite_world.chatwoot.trouble = ["ok"] * lost + ["drop"]
    await sqlite_world.waiting()
    await until(lambda: sqlite_world.naps.seconds)
    sqlite_world.naps.end()
    await until(lambda: len(sqlite_world.chatwoot.seen()) == 3)
    await sqlite_world.settled()
    assert sqlite_world.chatwoot.seen()[1:] == FIRST
    assert (len(sqlite_world.chatwoot.contacts), len(sqlite_world.chatwoot.conversations)) == (1, 1)


async def test_a_message_whose_answer_was_lost_is_looked_for_before_it_is_sent_again(sqlite_world: World) -> None:
    conversation_id = await sqlite_world.mirrored()
    sqlite_world.chatwoot.trouble = ["drop"]
    await sqlite_world.say(conversation_id, "Hello?")
    await until(lambda: sqlite_world.naps.seconds)
    sqlite_world.naps.end()
    await until(lambda: sqlite_world.chatwoot.seen()[-1] == "note: Guide: You said: Hello?")
    await sqlite_world.settled()
    assert sqlite_world.chatwoot.seen()[-3:] == [FIRST[1], "> Hello?", "note: Guide: You said: Hello?"]


@pytest.mark.parametrize("lost", range(5))
async def test_a_restart_in_the_middle_loses_and_doubles_nothing(world: World, lost: int) -> None:
    world.chatwoot.trouble = ["ok"] * lost + ["drop"]
    conversation_id = await world.waiting()
    await until(lambda: world.naps.seconds)
    await world.restart()
    await until(lambda: len(world.chatwoot.seen()) == 3)
    await world.settled()
    await world.restart()
    await world.say(conversation_id, "Still here")
    await until(lambda: len(world.chatwoot.seen()) == 5)
    await world.settled()
    assert world.chatwoot.seen()[1:] == [*FIRST, "> Still here", "note: Guide: You said: Still here"]
    assert len(world.chatwoot.conversations) == 1


async def test_what_agents_did_while_the_guide_was_away_is_caught_up_with(world: World) -> None:
    conversation_id = await world.mirrored()
    await world.desk.stop()
    for number in range(105):
        world.chatwoot.agent_says(1, f"Answer {number}")
    world.chatwoot.agent_changes(1, status="resolved")
    await world.chatwoot.called()
    assert {each["http"] for each in world.chatwoot.answers[-100:]} == {500}

    await world.restart()
    await until(lambda: world.mirror.idle)
    await world.settled()
    await world.service.finish()
    assert (await world.conversation(conversation_id)).state == "bot"
    said = [line for line in await world.transcript(conversation_id) if line.startswith("staff: Answer")]
    assert said == [f"staff: Answer {number}" for number in range(105)]


async def test_too_many_requests_are_followed_by_the_pause_that_was_asked_for(sqlite_world: World) -> None:
    sqlite_world.chatwoot.trouble = ["ok", (429, {"Retry-After": "37"})]
    await sqlite_world.waiting()
    await until(lambda: sqlite_world.naps.seconds)
    before = len(sqlite_world.chatwoot.requests)
    await sqlite_world.waiting()
    assert sqlite_world.naps.seconds == [37.0]
    assert len(sqlite_world.chatwoot.requests) == before
    sqlite_world.naps.end()
    await until(lambda: len(sqlite_world.chatwoot.seen(1)) == len(sqlite_world.chatwoot.seen(2)) == 3)


async def test_one_conversation_that_is_refused_does_not_hold_up_others(
    sqlite_world: World, caplog: pytest.LogCaptureFixture
) -> None:
    sqlite_world.chatwoot.trouble = ["ok", (422, {})]
    await sqlite_world.waiting("my secret question")
    await until(lambda: sqlite_world.naps.seconds)
    await sqlite_world.waiting()
    await until(lambda: len(sqlite_world.chatwoot.seen()) == 3)
    assert sqlite_world.naps.seconds == [5.0]
    sqlite_world.naps.end()
    await until(lambda: len(sqlite_world.chatwoot.seen(2)) == 3)
    assert "secret" not in caplog.text
    assert "status 422" in caplog.text


async def test_a_strange_answer_holds_up_one_conversation_only(sqlite_world: World) -> None:
    sqlite_world.chatwoot.trouble = ["ok", "strange"]
    await sqlite_world.waiting()
    await until(lambda: sqlite_world.naps.seconds)
    await sqlite_world.waiting()
    await until(lambda: len(sqlite_world.chatwoot.seen(2)) == 3)
    sqlite_world.naps.end()
    await until(lambda: len(sqlite_world.chatwoot.seen(1)) == 3)
    assert sqlite_world.naps.seconds == [5.0]
    assert len(sqlite_world.chatwoot.conversations) == 2


async def test_what_chatwoot_always_fails_at_is_put_aside(sqlite_world: World) -> None:
    sqlite_world.chatwoot.trouble = ["ok", *[(500, {})] * 9]
    await sqlite_world.waiting()
    for pauses in range(1, 10):
        await until(lambda pauses=pauses: len(sqlite_world.naps.seconds) == pauses)
        sqlite_world.naps.end()
    assert sqlite_world.naps.seconds == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    await sqlite_world.waiting()
    await until(lambda: len(sqlite_world.chatwoot.seen()) == 3)


async def test_a_wrong_token_is_said_in_the_log_and_nothing_is_forgotten(
    sqlite_world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.handoff_desks.chatwoot.fake_chatwoot.TOKEN", "another")
    with caplog.at_level(logging.WARNING):
        await sqlite_world.waiting()
        await until(lambda: sqlite_world.naps.seconds)
    assert "check CHATWOOT_TOKEN" in caplog.text
    assert "tokenOfTheGuide" not in caplog.text
    monkeypatch.undo()
    sqlite_world.naps.end()
    await until(lambda: len(sqlite_world.chatwoot.seen()) == 3)
