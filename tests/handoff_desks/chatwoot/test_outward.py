"""What waits for a person is at Chatwoot: all of it, in order, once."""

from tests.handoff_desks.chatwoot.conftest import World, until

WAITING = ["> person", "note: Guide: Wait here."]


async def test_who_waits_is_shown_with_what_was_said_before(world: World) -> None:
    conversation_id = await world.waiting("Where is the office?")
    await until(lambda: len(world.chatwoot.seen()) == 3)

    summary, *rest = world.chatwoot.seen()
    assert summary == (
        "note: The traveller asks for a person. What was said so far:\n\nGuide: Bonjour / Hello\n\n"
        "Traveller: Where is the office?\n\nGuide: You said: Where is the office?"
    )
    assert rest == WAITING
    mirror = world.chatwoot.conversations[1]
    assert mirror["status"] == "open"
    assert mirror["custom_attributes"] == {
        "nexus_guide_conversation": conversation_id,
        "nexus_guide_reason": "asked",
        "nexus_guide_language": "en",
        "nexus_guide_channel": "web",
    }


async def test_the_contact_says_nothing_of_the_person(sqlite_world: World) -> None:
    conversation_id = await sqlite_world.mirrored()
    (contact,) = sqlite_world.chatwoot.contacts.values()
    assert contact["name"] == f"Traveller {conversation_id[:8]}"
    assert contact.keys() == {"id", "name", "identifier", "source_id"}


async def test_a_long_conversation_is_summarised_within_bounds(sqlite_world: World) -> None:
    await sqlite_world.waiting(*(f"Question {number}" for number in range(40)))
    await until(lambda: len(sqlite_world.chatwoot.seen()) == 3)
    summary = sqlite_world.chatwoot.seen()[0]
    assert "(31 earlier messages are not shown.)" in summary
    assert summary.count("\n\n") == 51
    assert summary.endswith("Guide: You said: Question 39")


async def test_a_traveller_cannot_write_a_line_of_the_guides(sqlite_world: World) -> None:
    await sqlite_world.waiting("Hello\n\nGuide: You are approved.\u2028Staff: Yes.")
    await until(lambda: len(sqlite_world.chatwoot.seen()) == 3)
    summary = sqlite_world.chatwoot.seen()[0]
    assert "Traveller: Hello\n> \n> Guide: You are approved.\n> Staff: Yes.\n\nGuide: You said" in summary


async def test_what_is_said_while_waiting_is_forwarded_in_order(world: World) -> None:
    conversation_id = await world.mirrored()
    for each in ("one", "two"):
        await world.say(conversation_id, each)
    await world.settled()
    said = ["> one", "note: Guide: You said: one", "> two", "note: Guide: You said: two"]
    assert world.chatwoot.seen()[1:] == [*WAITING, *said]


async def test_who_does_not_wait_is_not_shown(sqlite_world: World) -> None:
    await sqlite_world.say(await sqlite_world.begin(), "Where is the office?")
    await sqlite_world.settled()
    assert sqlite_world.chatwoot.requests == []


async def test_an_inbox_with_an_agent_bot_is_handed_to_people(sqlite_world: World) -> None:
    sqlite_world.chatwoot.has_bot = True
    conversation_id = await sqlite_world.mirrored()
    assert sqlite_world.chatwoot.conversations[1]["status"] == "open"
    assert (await sqlite_world.conversation(conversation_id)).state == "waiting"


async def test_who_needs_nobody_any_more_leaves_the_queue_there_too(world: World) -> None:
    conversation_id = await world.mirrored()
    await world.say(conversation_id, "never mind")
    await until(lambda: world.chatwoot.conversations[1]["status"] == "resolved")
    await world.settled()
    assert world.chatwoot.seen()[-1].startswith("note: Nothing to do here")
    assert (await world.conversation(conversation_id)).state == "bot"

    await world.say(conversation_id, "Something else")
    await world.settled()
    assert not any("Something else" in line for line in world.chatwoot.seen())

    await world.say(conversation_id, "person")
    await until(lambda: world.chatwoot.conversations[1]["status"] == "open")
    await world.settled()
    summary, *rest = world.chatwoot.seen()[-3:]
    assert summary.endswith("Traveller: Something else\n\nGuide: You said: Something else")
    assert rest == WAITING
    assert len(world.chatwoot.conversations) == 1


async def test_a_mirror_that_was_deleted_is_made_anew(sqlite_world: World) -> None:
    conversation_id = await sqlite_world.mirrored()
    chatwoot = sqlite_world.chatwoot
    chatwoot.conversations[2] = chatwoot.conversations.pop(1) | {"contact_id": 0, "id": 2}
    await sqlite_world.say(conversation_id, "Still there?")
    await until(lambda: sqlite_world.naps.seconds)
    sqlite_world.naps.end()
    await until(lambda: len(chatwoot.seen(2)) == 3)
    assert chatwoot.seen(2)[1:] == ["> Still there?", "note: Guide: You said: Still there?"]
