"""The canned replies: no gap in either language, no variable left, no name before identity is proved."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.conversations.limits import LONGEST_TEXT
from bot.conversations.staff_words import masked_words
from bot.desk.canned import CannedReply, Moment, canned_replies
from bot.texts import LANGUAGES, WordingError
from tests.record.scripted import NOON

OPENS = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("America/Toronto"))
KNOWN = Moment("Alex Tremblay", "Amara Okafor", OPENS, NOON)
UNKNOWN = Moment("Alex Tremblay", None, None, NOON)


def filled(moment: Moment) -> dict[str, CannedReply]:
    return {reply.key: reply for reply in canned_replies().filled(moment)}


@pytest.mark.parametrize("moment", [KNOWN, UNKNOWN], ids=["known", "unknown"])
def test_every_reply_can_be_sent_as_it_is_in_both_languages(moment: Moment) -> None:
    replies = filled(moment)
    assert len(replies) >= 10
    for reply in replies.values():
        for language in LANGUAGES:
            text = reply.text.of(language)
            assert not set("{}") & set(text)
            assert "None" not in text
            assert len(text) <= LONGEST_TEXT
            assert masked_words(text, NOON) == text, "nothing in it is taken for something private"
            assert reply.title.of(language).strip()


def test_variables_are_written_as_the_language_writes_them() -> None:
    known = filled(KNOWN)
    assert known["greeting"].text.en.startswith("Hello Amara Okafor, this is Alex Tremblay.")
    assert "Monday, November 23, 2026, 8:00 a.m. (Toronto time)" in known["when_we_read"].text.en
    assert "lundi 23 novembre 2026, 8 h 00 (heure de Toronto)" in known["when_we_read"].text.fr


def test_the_name_of_whom_nobody_knows_leaves_no_hole() -> None:
    unknown = filled(UNKNOWN)
    assert unknown["greeting"].text.fr.startswith("Bonjour, ici Alex Tremblay.")
    assert unknown["closing"].text.en.startswith("Is there anything else? If not,")
    assert not {"marked_shared", "trip_added"} & unknown.keys(), "what is said of a file needs a file"
    assert "We are reading messages now" in unknown["when_we_read"].text.en


def test_facts_are_those_of_the_policy_in_force() -> None:
    before = Moment("Alex", None, None, datetime(2023, 1, 20, 12, tzinfo=UTC))
    assert "by appointment" in filled(UNKNOWN)["book_cbsa"].text.en
    assert "book_cbsa" not in filled(before), "a statement that holds from a later day is not said"


def test_a_name_with_braces_stays_a_name() -> None:
    odd = Moment("Alex", "{agent} Roy", None, NOON)
    assert filled(odd)["greeting"].text.en.startswith("Hello {agent} Roy,")


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        ("[{en: Hello}]", "missing required field `fr`"),
        ('[{en: Hello, fr: " "}]', "a text is empty"),
        ('[{en: "Hello {agent}", fr: Bonjour}]', "different variables"),
        ('[{en: "{name}", fr: "{name}"}]', "the variable name is unknown"),
        ('[{en: "{traveller}", fr: "{traveller}"}]', "the last text must need no variable"),
        ('[{en: "{policy}", fr: "{policy}"}]', "go together"),
        ('[{en: "{policy}", fr: "{policy}"}]\n    statements: [no.such]', "no statement no.such"),
        ("[]", "has no text"),
    ],
)
def test_a_reply_with_a_gap_is_refused(tmp_path: Path, texts: str, fault: str) -> None:
    file = tmp_path / "canned.yml"
    file.write_text(f"replies:\n  greeting:\n    title: {{en: Hi, fr: Allô}}\n    texts: {texts}\n", encoding="utf-8")
    with pytest.raises(WordingError, match=fault):
        canned_replies(file)
