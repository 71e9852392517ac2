"""What travellers write on a channel, taken in by the real intake into a real record; nothing is sent."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot import policy
from bot.audit.actor import Actor
from bot.channels.flood import Flood
from bot.channels.intake import Intake
from bot.channels.port import Place, Said
from bot.channels.rendering.compose import compose
from bot.channels.rendering.form import Form
from bot.channels.rendering.gsm import segments
from bot.conversations import verbs
from bot.conversations.dialogue_port import Answer, Button, Choice, Inbound, Reply
from bot.conversations.held import locked
from bot.conversations.limits import MESSAGES_PER_CONVERSATION, LocalLimits
from bot.conversations.models import Conversation, Message
from bot.conversations.outbox.contacts import Contacts
from bot.conversations.outbox.models import Contact, OutboxEntry
from bot.conversations.outbox.port import Page
from bot.conversations.service import Conversations
from bot.conversations.transcript import ShownMessage, shown
from bot.db.engine import Database
from bot.formats import Language
from bot.privacy.sealing import Seal
from bot.settings import ROOT
from bot.texts import Catalogue
from tests.record.scripted import KEY, ScriptedDialogue, Watch, answer

CATALOGUE = Catalogue.load(ROOT / "data" / "responses")
POLICY = policy.load_all().policy
SMS = Form(1600, segments=3, together=True)
OFFERED = tuple(Button(title, title, Choice(f"ask_{title.lower()}")) for title in ("Options", "Why", "Person please"))


@dataclass
class Line:
    """A channel that composes and never sends, and what stands behind it."""

    database: Database
    form: Form = SMS
    name: str = "sms"
    count: int = 0
    scripts: dict[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        watch = Watch()
        self.dialogue = ScriptedDialogue(self.database, watch, script=self._script)
        self.conversations = Conversations(self.database, self.dialogue, CATALOGUE, watch, KEY)
        contacts = Contacts(self.database, Seal(KEY), watch)
        self.intake = Intake(
            self.conversations,
            contacts,
            self.database,
            CATALOGUE,
            policy=POLICY,
            clock=watch,
            flood=Flood(LocalLimits(watch)),
        )

    async def _script(self, inbound: Inbound) -> Answer | None:
        return self.scripts.get(inbound.text)

    def compose(self, messages: Sequence[ShownMessage], language: Language) -> Sequence[Page]:
        return compose(messages, language, self.form, CATALOGUE)

    async def says(self, words: str, *, name: str | None = None, **more: Any) -> list[Message]:
        """Takes a message in, and gives what was said since the one before."""
        before = len(await self.messages())
        self.count += 1
        said = Said("+15550100", name or f"SM{self.count}", words, **more)
        await self.intake.take(self, said)  # type: ignore[arg-type] - only what the intake asks of a channel
        await self.conversations.finish()
        return (await self.messages())[before:]

    async def messages(self) -> list[Message]:
        async with self.database.read() as session:
            return [*(await session.scalars(select(Message).order_by(Message.seq)))]

    async def entries(self) -> list[tuple[int, int, int, bool]]:
        async with self.database.read() as session:
            rows = await session.scalars(select(OutboxEntry).order_by(OutboxEntry.id))
            return [(row.first_seq, row.last_seq, row.page, row.regardless) for row in rows]

    async def unreachable(self) -> str | None:
        async with self.database.read() as session:
            return await session.scalar(select(Contact.unreachable).where(Contact.channel == self.name))

    async def taken_over(self) -> str:
        async with self.database.write() as session:
            conversation_id = await session.scalar(select(Conversation.id))
            assert conversation_id is not None
            async with locked(session, conversation_id) as conversation:
                verbs.take(conversation, Actor("staff-1", "Anna"), conversation.row.touched_at)
        return conversation_id


@pytest.fixture
async def line(sqlite_database: Database) -> AsyncIterator[Line]:
    line = Line(sqlite_database)
    line.scripts["flight"] = answer_of(Reply("May you? Yes.", "en", OFFERED))
    line.scripts["vol"] = answer("Oui.", language="fr")
    line.scripts["long"] = answer(" ".join(f"Sentence number {number} of it." for number in range(60)))
    yield line
    await line.conversations.finish()


def answer_of(*replies: Reply) -> Answer:
    given = answer(language=replies[0].language)
    return Answer(replies, given.language, "bot", "chitchat", 0.9, given.save)


def words(messages: Sequence[Message], sender: str = "bot") -> list[str]:
    return [message.text for message in messages if message.sender == sender]


def text_of(key: str, language: Language = "en", **values: object) -> str:
    return CATALOGUE.say(key, language, **values)


async def test_a_first_message_is_welcomed_and_answered(line: Line) -> None:
    said = await line.says("hello")
    assert [message.sender for message in said] == ["bot", "traveller", "bot", "bot"]
    assert words(said)[1:] == ["You said: hello", "Anything else?"]


async def test_stop_is_obeyed_confirmed_once_and_taken_back(line: Line) -> None:
    await line.says("hello")
    said = await line.says("  Stop! ")
    assert words(said) == [text_of("channel_stopped")]
    assert (await line.entries())[-1] == (said[1].seq, said[1].seq, 1, True)
    assert await line.unreachable() == "unsubscribed"
    assert words(await line.says("STOP")) == []
    assert words(await line.says("start")) == [text_of("channel_started")]
    assert await line.unreachable() is None


async def test_a_stranger_who_begins_with_stop_in_french_hears_only_that(line: Line) -> None:
    assert words(await line.says("Arrêt.")) == [text_of("channel_stopped", "fr")]
    assert await line.unreachable() == "unsubscribed"


async def test_the_word_stop_is_of_both_languages_until_one_is_known(line: Line) -> None:
    both = f"{text_of('channel_stopped')}\n{text_of('channel_stopped', 'fr')}"
    assert words(await line.says("STOP")) == [both]


async def test_a_sentence_with_stop_in_it_is_for_the_guide(line: Line) -> None:
    assert "You said: where does the bus stop?" in words(await line.says("where does the bus stop?"))
    assert await line.unreachable() is None


async def test_cancel_is_the_carriers_word_on_sms_and_the_guides_elsewhere(line: Line) -> None:
    line.name = "telegram"
    assert "You said: cancel" in words(await line.says("cancel"))
    line.name = "sms"
    await line.says("cancel")
    assert await line.unreachable() == "unsubscribed"
    await line.says("YES")
    assert await line.unreachable() is None


async def test_help_offers_again_what_was_offered(line: Line) -> None:
    await line.says("flight")
    said = await line.says("AIDE")
    assert words(said) == [text_of("channel_help")]
    assert [button["title"] for button in said[1].buttons] == ["Options", "Why", "Person please"]
    await line.says("2")
    assert line.dialogue.heard[-1].choices["why"] == Choice("ask_why")


async def test_words_that_the_guide_understands_for_certain_are_given_to_it_with_their_meaning(line: Line) -> None:
    await line.says("PERSON")
    await line.says("START")
    meant = [(each.text, each.choices[each.text.casefold()].intent) for each in line.dialogue.heard]
    assert meant == [("PERSON", "talk_to_human"), ("START", "greet")]


async def test_a_number_means_the_choice_the_traveller_sees_under_it(line: Line) -> None:
    await line.says("flight")
    stored = await line.says("2.")
    assert stored[0].text == "Why"
    assert line.dialogue.heard[-1].choices["why"] == Choice("ask_why")


async def test_a_number_that_was_not_offered_gets_the_choices_again(line: Line) -> None:
    await line.says("flight")
    said = await line.says("7")
    assert words(said) == [text_of("channel_no_such_choice", number=7)]
    assert (await line.says("1"))[0].text == "Options"


async def test_a_number_is_the_guides_to_read_where_none_was_offered(line: Line) -> None:
    await line.says("hello")
    assert "You said: 7" in words(await line.says("7"))
    await line.says("flight")
    assert "You said: 14" in words(await line.says("14"))


async def test_a_number_means_no_choice_on_a_page_that_was_not_sent(line: Line) -> None:
    line.scripts["full"] = answer_of(Reply("Something of " + "words " * 69, "en", OFFERED))
    await line.says("full")
    assert "You said: 2" in words(await line.says("2"))
    await line.says("full")
    await line.says("MORE")
    assert (await line.says("2"))[0].text == "Why"


async def test_buttons_of_any_message_of_the_newest_turn_mean_what_they_say(line: Line) -> None:
    line.form = Form(1600, buttons=3)
    line.scripts["two"] = answer_of(Reply("One.", "en", OFFERED[:2]), Reply("Two?", "en", OFFERED[2:]))
    await line.says("two")
    await line.says("WHY")
    assert line.dialogue.heard[-1].choices["why"] == Choice("ask_why")


async def test_more_gives_each_page_once_and_then_says_that_was_all(line: Line) -> None:
    said = await line.says("long")
    first, last = said[-1].seq, said[-1].seq
    pages = len(line.compose([shown(said[-1])], "en"))
    assert pages > 2
    for page in range(2, pages + 1):
        asked = await line.says("MORE" if page % 2 else "plus")
        assert words(asked) == []
        assert (await line.entries())[-1] == (first, last, page, False)
    assert words(await line.says("more")) == [text_of("channel_no_more")]


async def test_more_reaches_past_an_answer_of_one_page(line: Line) -> None:
    seq = (await line.says("long"))[-1].seq
    await line.says("HELP")
    await line.says("MORE")
    assert (await line.entries())[-1] == (seq, seq, 2, False)


async def test_where_there_was_never_more_that_is_said_and_no_other_meaning_guessed(line: Line) -> None:
    await line.says("hello")
    assert words(await line.says("plus")) == [text_of("channel_no_more")]


async def test_a_picture_is_noted_and_answered_in_the_travellers_language(line: Line) -> None:
    await line.says("vol")
    said = await line.says("", attachment="picture")
    assert [message.text for message in said] == ["[image]", text_of("channel_unreadable.picture", "fr")]
    assert len(line.dialogue.heard) == 1


async def test_no_name_of_a_message_is_that_of_somebodys_caption(line: Line) -> None:
    await line.says("first", name="m-1", attachment="picture")
    assert "second" in words(await line.says("second", name="m-1#1"), "traveller")


async def test_a_caption_is_answered_by_the_guide(line: Line) -> None:
    await line.says("hello")
    said = await line.says("my letter", attachment="file", name="SM9")
    assert words(said, "traveller") == ["[file]", "my letter"]
    assert words(said) == [text_of("channel_only_words"), "You said: my letter", "Anything else?"]
    assert await line.says("my letter", attachment="file", name="SM9") == []


async def test_a_place_is_kept_as_a_city_and_asks_for_the_centres_near_it(line: Line) -> None:
    await line.says("vol")
    said = await line.says("", place=Place(49.8881234, -119.4960123))
    assert said[0].text == "[position\u00a0: près de Kelowna]"
    heard = line.dialogue.heard[-1]
    meaning = heard.choices[heard.text.casefold()]
    assert (meaning.intent, meaning.entities[0]["value"]) == ("ask_where_centres", "YLW")
    async with line.database.read() as session:
        kept = [str(row) for row in (await session.execute(select(Message.__table__))).all()]
    assert not any("49.8" in row or "119.4" in row for row in kept)


async def test_a_place_elsewhere_gets_an_honest_answer(line: Line) -> None:
    await line.says("flight")
    assert words(await line.says("", place=Place(48.85, 2.35))) == [text_of("channel_far")]


async def test_of_a_long_text_the_beginning_is_kept_and_no_number_is_halved(line: Line) -> None:
    await line.says("hello")
    said = await line.says("x " * 994 + "4111 1111 1111 1111 and so on " * 40)
    assert len(said[0].text) == 2000
    assert not any(character.isdigit() for character in said[0].text)
    assert words(said) == [text_of("channel_too_long")]


async def test_a_person_who_has_the_conversation_answers_all_but_the_channels_words(line: Line) -> None:
    await line.says("flight")
    await line.taken_over()
    for said, stored in [
        ("PERSON", "PERSON"),
        ("2", "Why"),
        ("9", "9"),
        ("more", "more"),
        ("x" * 2001, "x" * 1996 + " […]"),
    ]:
        assert [message.text for message in await line.says(said)] == [stored]
    assert [message.text for message in await line.says("look", attachment="picture")] == ["[picture] look"]
    assert [message.text for message in await line.says("", place=Place(0, 0))] == ["[location]"]
    assert len(line.dialogue.heard) == 1
    assert words(await line.says("STOP")) == [text_of("channel_stopped")]
    async with line.database.read() as session:
        waiting_since = await session.scalar(select(Conversation.waiting_since))
    assert waiting_since is not None


async def test_a_repeat_is_answered_from_the_record(line: Line) -> None:
    await line.says("long")
    for number, said in enumerate(("STOP", "hello", "MORE")):
        again = Said("+15550100", f"again {number}", said)
        await asyncio.gather(*(line.intake.take(line, again) for _ in range(3)))  # type: ignore[arg-type]
        await line.conversations.finish()
        messages, entries = await line.messages(), await line.entries()
        assert words(messages, "traveller")[-1] == said
        assert await line.says(said, name=f"again {number}") == []
        assert await line.entries() == entries
    assert words(messages, "traveller") == ["long", "STOP", "hello", "MORE"]
    assert len(entries) == 5


async def test_two_strangers_at_once_with_one_address_are_one_conversation(line: Line) -> None:
    said = [Said("+15550100", f"SM{number}", f"words {number}") for number in range(4)]
    await asyncio.gather(*(line.intake.take(line, each) for each in said))  # type: ignore[arg-type]
    await line.conversations.finish()
    messages = await line.messages()
    assert len({message.conversation_id for message in messages}) == 1
    assert [message.seq for message in messages] == [*range(1, len(messages) + 1)]
    assert sorted(words(messages, "traveller")) == [each.text for each in said]


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(codec=None), max_size=30),
    name=st.text(st.characters(codec=None), min_size=1, max_size=200),
    sender=st.text(st.characters(codec=None), max_size=10),
    attachment=st.sampled_from([None, "voice"]),
)
async def test_whatever_a_provider_sends_is_stored_or_let_go(
    line: Line, text: str, name: str, sender: str, attachment: Any
) -> None:
    for _ in range(2):
        await line.intake.take(line, Said(sender, name, text, attachment))  # type: ignore[arg-type]
    await line.conversations.finish()
    stored = [message for message in await line.messages() if message.sender == "traveller"]
    names = [(message.conversation_id, message.client_message_id) for message in stored]
    assert len(set(names)) == len(names)


def own_answers() -> list[str]:
    return sorted(
        key
        for key in CATALOGUE.keys()  # noqa: SIM118 - a method, not a mapping
        if key.startswith("channel_") and not key.startswith("channel_attached")
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_own_answer_fits_two_segments_and_the_welcome_one(language: Language) -> None:
    costs = {}
    for key in own_answers():
        reply = ShownMessage("m", 1, "bot", text_of(key, language), language, [], Watch()(), {})
        [page] = compose([reply], language, SMS, CATALOGUE)
        costs[key] = segments(page.parts[0].text)
    assert max(costs.values()) <= 2
    assert costs["channel_welcome"] == 1


async def test_a_stranger_who_begins_with_a_french_word_is_spoken_to_in_french(line: Line) -> None:
    await line.says("DÉBUT")
    assert line.dialogue.heard[0].language == "fr"
    assert words(await line.messages(), "bot")[0] == "You said: DÉBUT"


async def test_of_a_flood_every_message_is_kept_and_one_answered_and_stop_is_obeyed(line: Line) -> None:
    for number in range(MESSAGES_PER_CONVERSATION.burst):
        await line.says(f"hello {number}")
    assert words(await line.says("one more")) == [text_of("channel_too_fast")]
    kept = await line.says("and one more")
    assert [(message.text, message.answered_at is not None) for message in kept] == [("and one more", True)]
    assert words(await line.says("STOP")) == [text_of("channel_stopped")]
    assert words(await line.says("START")) == [text_of("channel_started")]
