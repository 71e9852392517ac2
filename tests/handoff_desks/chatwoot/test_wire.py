"""Marks tell our own messages from those of agents, whichever of the fields a version of Chatwoot keeps."""

import pytest

from bot.handoff_desks.chatwoot.wire import Meta, Person, marked, marking, message_mark, remark_mark, seq_of

ID = "1b0ff9c8-8a64-43a1-a2fd-3d8e3e2e1d11"
MARK = message_mark(ID, 12)


@pytest.mark.parametrize("kept", ["source_id", "content_attributes"])
def test_a_mark_survives_in_either_field(kept: str) -> None:
    fields = {name: value for name, value in marking(MARK).items() if name == kept}
    assert marked(fields.get("source_id"), fields.get("content_attributes")) == MARK


@pytest.mark.parametrize(("source", "attributes"), [(None, None), ("WAID:1", {}), (5, []), ("", {"nexus_guide": 1})])
def test_what_others_write_there_is_no_mark(source: object, attributes: object) -> None:
    assert marked(source, attributes) == ""


def test_a_mark_says_how_far_a_conversation_is_there() -> None:
    assert seq_of(MARK, ID) == 12
    assert seq_of(MARK, "another") is None
    assert seq_of(remark_mark(ID, "closed:12"), ID) is None


def test_a_bot_is_no_agent() -> None:
    assert Meta(Person(1, "Bot", "agent_bot")).agent is None
    assert Meta(Person(1, "Bot"), "AgentBot").agent is None
    assert Meta(Person(1, "Noor"), "User").agent == Person(1, "Noor")
    assert Meta().agent is None


@pytest.mark.parametrize(
    ("written", "shown"),
    [(" Noor  Haddad ", "Noor Haddad"), ("Noor\u202e\n\x00X", "Noor X"), ("\u200b", "Staff"), (None, "Staff")],
)
def test_a_name_holds_no_signs_that_turn_or_break_the_line(written: str | None, shown: str) -> None:
    assert Person(1, written).called("Staff") == shown
