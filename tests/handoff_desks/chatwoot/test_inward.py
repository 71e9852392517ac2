"""What agents do at Chatwoot happens in the record, and what cannot happen is said to them."""

from sqlalchemy import select

from bot.audit.actor import Actor
from bot.audit.models import AuditEntry
from bot.conversations.broadcast import Changed, Typing
from bot.conversations.limits import LONGEST_TEXT
from tests.handoff_desks.chatwoot.conftest import World, until
from tests.handoff_desks.chatwoot.fake_chatwoot import AGENTS

HANDED_BACK = [
    "staff: I am giving the conversation back to the guide. Ask again for a person if you need one.",
    "bot: Happened: handed_back",
]


async def test_an_agents_answer_takes_the_conversation_and_reaches_the_traveller(world: World) -> None:
    conversation_id = await world.mirrored()
    answered = world.chatwoot.agent_says(1, "I am here.")
    await world.settled()

    conversation = await world.conversation(conversation_id)
    assert (conversation.state, conversation.assignee_id, conversation.assignee_name) == (
        "human",
        "chatwoot:11",
        "Noor",
    )
    assert (await world.transcript(conversation_id))[-1] == "staff: I am here."

    await world.say(conversation_id, "Thank you")
    await world.settled()
    assert world.chatwoot.seen()[-2:] == ["reply of Noor: I am here.", "> Thank you"]
    assert (await world.transcript(conversation_id))[-1] == "traveller: Thank you"
    assert answered["id"]


async def test_a_private_note_is_kept_and_not_shown_to_the_traveller(world: World) -> None:
    conversation_id = await world.mirrored()
    world.chatwoot.agent_says(1, "Looks like a lost card.", agent=12, private=True)
    await world.settled()
    assert await world.notes(conversation_id) == ["Étienne: Looks like a lost card."]
    assert not any("lost card" in line for line in await world.transcript(conversation_id))
    assert (await world.conversation(conversation_id)).state == "waiting"


async def test_resolving_gives_the_conversation_back_to_the_guide(world: World) -> None:
    conversation_id = await world.mirrored()
    world.chatwoot.agent_says(1, "All is well.")
    world.chatwoot.agent_changes(1, status="resolved")
    await world.settled()
    await world.service.finish()
    assert (await world.conversation(conversation_id)).state == "bot"
    assert (await world.transcript(conversation_id))[-3:] == ["staff: All is well.", *HANDED_BACK]

    await world.say(conversation_id, "And the fee?")
    await world.settled()
    assert (await world.transcript(conversation_id))[-1] == "bot: You said: And the fee?"
    assert world.chatwoot.conversations[1]["status"] == "resolved"
    assert world.chatwoot.seen()[-1] == "reply of Noor: All is well."


async def test_who_was_resolved_unanswered_is_with_the_guide_and_waits_for_nobody(sqlite_world: World) -> None:
    conversation_id = await sqlite_world.mirrored()
    sqlite_world.chatwoot.agent_changes(1, status="resolved")
    await sqlite_world.settled()
    await sqlite_world.service.finish()
    assert (await sqlite_world.transcript(conversation_id))[-2:] == HANDED_BACK
    async with sqlite_world.database.read() as session:
        entries = await session.execute(select(AuditEntry.actor_id, AuditEntry.action).order_by(AuditEntry.id))
    assert [tuple(entry) for entry in entries] == [
        ("chatwoot", "conversation.taken"),
        ("chatwoot", "conversation.handed_back"),
    ]


async def test_assigning_takes_the_conversation_and_gives_it_on(world: World) -> None:
    conversation_id = await world.mirrored()
    for agent in (11, 12):
        world.chatwoot.agent_changes(1, agent=agent)
        await world.settled()
        conversation = await world.conversation(conversation_id)
        assert (conversation.state, conversation.assignee_id) == ("human", f"chatwoot:{agent}")

    world.chatwoot.agent_says(1, "Noor again.")
    await world.settled()
    assert (await world.conversation(conversation_id)).assignee_id == "chatwoot:11"
    assert (await world.transcript(conversation_id))[-1] == "staff: Noor again."


async def test_snoozing_puts_aside_and_the_travellers_words_end_it(world: World) -> None:
    conversation_id = await world.mirrored()
    until_then = world.watch.now.replace(microsecond=0, hour=20)
    world.chatwoot.agent_changes(1, status="snoozed", snoozed_until=int(until_then.timestamp()))
    await world.settled()
    assert (await world.conversation(conversation_id)).snoozed_until == until_then

    await world.say(conversation_id, "Hello?")
    await world.settled()
    assert (await world.conversation(conversation_id)).snoozed_until is None
    assert world.chatwoot.conversations[1]["status"] == "open"


async def test_opening_a_snoozed_conversation_wakes_it(sqlite_world: World) -> None:
    conversation_id = await sqlite_world.mirrored()
    sqlite_world.chatwoot.agent_changes(1, status="snoozed")
    await sqlite_world.settled()
    assert (await sqlite_world.conversation(conversation_id)).snoozed_until is not None
    sqlite_world.chatwoot.agent_changes(1, status="open")
    await sqlite_world.settled()
    assert (await sqlite_world.conversation(conversation_id)).snoozed_until is None


async def test_opening_a_resolved_conversation_takes_it_from_the_guide(sqlite_world: World) -> None:
    conversation_id = await sqlite_world.mirrored()
    sqlite_world.chatwoot.agent_changes(1, agent=11)
    await sqlite_world.settled()
    sqlite_world.chatwoot.agent_changes(1, status="resolved")
    await sqlite_world.settled()
    await sqlite_world.service.finish()
    await sqlite_world.say(conversation_id, "One more thing")

    sqlite_world.chatwoot.agent_changes(1, status="open")
    await sqlite_world.settled()
    conversation = await sqlite_world.conversation(conversation_id)
    assert (conversation.state, conversation.assignee_id) == ("human", "chatwoot:11")
    assert sqlite_world.chatwoot.seen()[-2:] == ["> One more thing", "note: Guide: You said: One more thing"]


async def test_what_cannot_be_delivered_is_said_to_the_agent(sqlite_world: World) -> None:
    conversation_id = await sqlite_world.mirrored()
    chatwoot = sqlite_world.chatwoot
    too_long = chatwoot.agent_says(1, "x" * (LONGEST_TEXT + 1))
    await sqlite_world.settled()
    chatwoot.agent_says(1, "See this.", attachments=[{"id": 1, "file_type": "image"}])
    await sqlite_world.settled()
    chatwoot.agent_says(1, None, attachments=[{"id": 2, "file_type": "file"}])
    await sqlite_world.settled()
    sqlite_world.watch.forward(seconds=1)
    await chatwoot.hook(chatwoot.notice_of_message(1, too_long))
    await sqlite_world.settled()
    assert chatwoot.answers[-1]["status"] == "accepted"
    lines = [line for line in chatwoot.seen() if line.startswith("note: ") and "Guide" not in line]
    assert lines == [
        f"note: Not delivered: it is longer than {LONGEST_TEXT:,} characters. Send it in parts.",
        *["note: The attachments were not delivered: the traveller can receive text only. Send a public link instead."]
        * 2,
    ]
    assert (await sqlite_world.transcript(conversation_id))[-1] == "staff: See this."


async def test_staff_at_the_guides_own_desk_are_not_talked_over(sqlite_world: World) -> None:
    conversation_id = await sqlite_world.mirrored()
    await sqlite_world.handover.take(conversation_id, Actor("staff:1", "Olga"))
    sqlite_world.chatwoot.agent_says(1, "Hello from here")
    await sqlite_world.settled()
    assert sqlite_world.chatwoot.seen()[-1] == (
        "note: Not delivered: Olga has the conversation at the guide’s own desk."
    )
    await sqlite_world.handover.reply(conversation_id, Actor("staff:1", "Olga"), "I have it.", "r1")
    await sqlite_world.settled()
    assert sqlite_world.chatwoot.seen()[-1] == "note: Olga: I have it."
    assert "Hello from here" not in " ".join(await sqlite_world.transcript(conversation_id))


async def test_what_nobody_wrote_is_not_said_to_the_traveller(sqlite_world: World) -> None:
    conversation_id = await sqlite_world.mirrored()
    AGENTS[99] = {"id": 99, "name": "Greeter", "type": "agent_bot"}
    try:
        sqlite_world.chatwoot.agent_says(1, "We are closed.", agent=99)
    finally:
        del AGENTS[99]
    await sqlite_world.settled()
    assert (await sqlite_world.transcript(conversation_id))[-1] == "bot: Wait here."


async def test_an_agent_who_writes_is_seen_writing(sqlite_world: World) -> None:
    conversation_id = await sqlite_world.mirrored()
    sqlite_world.chatwoot.agent_changes(1, agent=11)
    await sqlite_world.settled()
    with sqlite_world.service.broadcast.watch(conversation_id) as watcher:
        for event, private in (("on", True), ("on", False)):
            await sqlite_world.chatwoot.hook(
                {
                    "event": f"conversation_typing_{event}",
                    "conversation": {"id": 1, "status": "open"},
                    "user": AGENTS[11],
                    "is_private": private,
                }
            )
        happening = await watcher.next()
        while isinstance(happening, Changed):
            happening = await watcher.next()
    assert happening == Typing(True, "staff")
    assert [each["status"] for each in sqlite_world.chatwoot.answers[-2:]] == ["ignored", "accepted"]


async def test_a_webhook_that_never_came_is_made_up_for(sqlite_world: World) -> None:
    conversation_id = await sqlite_world.mirrored()
    hook_url, sqlite_world.chatwoot.hook_url = sqlite_world.chatwoot.hook_url, ""
    sqlite_world.chatwoot.agent_says(1, "Did you get this?")
    await sqlite_world.settled()
    assert (await sqlite_world.transcript(conversation_id))[-1] == "bot: Wait here."

    sqlite_world.chatwoot.hook_url = hook_url
    await sqlite_world.mirror.look_at_all()
    await sqlite_world.settled()
    assert (await sqlite_world.transcript(conversation_id))[-1] == "staff: Did you get this?"


async def test_a_message_that_turns_up_behind_another_is_not_missed(sqlite_world: World) -> None:
    conversation_id = await sqlite_world.mirrored()
    chatwoot = sqlite_world.chatwoot
    hook_url, chatwoot.hook_url = chatwoot.hook_url, ""
    late = chatwoot.agent_says(1, "First, committed late.")
    chatwoot.messages[1].remove(late)
    chatwoot.hook_url = hook_url
    second = chatwoot.agent_says(1, "Second.")
    noted = chatwoot.agent_says(1, "A note.", private=True)
    await sqlite_world.settled()

    # What is read again with it may have been edited since: it stays as it was, and nobody is told that it failed.
    second["content"], noted["content"] = "Second, edited.", "A note, edited."
    before = len(chatwoot.messages[1])
    chatwoot.messages[1].insert(-2, late)
    chatwoot.down = True
    await chatwoot.hook(chatwoot.notice_of_message(1, late))
    await until(lambda: sqlite_world.naps.seconds)
    chatwoot.down = False
    sqlite_world.naps.end()
    await until(lambda: sqlite_world.mirror.idle)
    await sqlite_world.settled()
    said = [line for line in await sqlite_world.transcript(conversation_id) if line.startswith("staff")]
    assert said == ["staff: Second.", "staff: First, committed late."]
    assert await sqlite_world.notes(conversation_id) == ["Noor: A note."]
    assert len(chatwoot.messages[1]) == before + 1
