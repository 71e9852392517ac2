"""From messages to pages, for channels of every kind."""

import re
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.rendering.compose import compose
from bot.channels.rendering.form import Form
from bot.channels.rendering.gsm import segments
from bot.channels.rendering.plain import plain
from bot.conversations.outbox.port import Page
from bot.conversations.transcript import ShownButton, ShownMessage
from tests.channels.rendering.spoken import BARE, CATALOGUE, RICH, SMS, ruled, spoken

STEP = "Book your CBSA interview."
NOT_YET = (
    "Not yet: your CBSA interview comes first.",
    "Your trip: Vancouver.",
    "Why: none is booked.",
    f"Next: {STEP}",
)


def pages(messages: Sequence[ShownMessage], form: Form) -> list[list[str]]:
    return [[part.text for part in page.parts] for page in compose(messages, "en", form, CATALOGUE)]


def buttons(page: Page) -> list[list[str]]:
    return [[button.title for button in part.buttons] for part in page.parts]


def test_by_sms_a_ruling_is_verdict_next_step_and_numbered_choices_and_the_rest_is_more() -> None:
    assert pages([ruled(*NOT_YET, step=STEP, titles=("Why?", "Other ways"))], SMS) == [
        [
            "Not yet: your CBSA interview comes first.\nNext: Book your CBSA interview.\n"
            "1. Why?\n2. Other ways\nReply 1 or 2.\nReply MORE for the rest."
        ],
        [
            "Your trip: Vancouver.\nWhy: none is booked.\n\n"
            "Sources:\n- Joint release (January 25, 2023) https://example.ca/joint?x=1"
        ],
    ]


def test_in_french_the_same() -> None:
    message = ruled("Pas encore.", "Pourquoi : …", "Voyage.", "À faire : Réservez.", step="Réservez.", language="fr")
    [[first], [second]] = pages([message], SMS)
    assert first == "Pas encore.\nA faire : Réservez.\nRépondez PLUS pour la suite."
    assert second.endswith("Sources :\n- Joint release (25 janvier 2023) https://example.ca/joint?x=1")


def test_where_there_are_buttons_more_is_one() -> None:
    page, rest = compose([ruled(*NOT_YET, step=STEP, titles=("Why?", "Other ways"))], "en", RICH, CATALOGUE)
    assert buttons(page) == [["Why?", "Other ways", "More"]]
    assert page.parts[0].buttons[-1] == ShownButton("More", "MORE")
    assert rest.parts[0].text.startswith("Your trip")


def test_where_more_is_one_button_too_many_it_is_a_line() -> None:
    [page, _] = compose([ruled(*NOT_YET, step=STEP, titles=("One", "Two", "Three"))], "en", RICH, CATALOGUE)
    assert buttons(page) == [["One", "Two", "Three"]]
    assert page.parts[0].text.endswith("\nReply MORE for the rest.")


def test_a_channel_that_is_not_brief_gets_a_ruling_as_it_was_said() -> None:
    [[first], [second]] = pages([ruled(*NOT_YET, step=STEP)], Form(1024, brief=False))
    assert first == "\n".join([*NOT_YET, "Reply MORE for the sources."])
    assert second.startswith("Sources:")


def test_buttons_too_long_or_too_many_are_numbered_through_all_messages() -> None:
    [page] = compose([spoken("One?", "a" * 21), spoken("Two?", "x", "y", "z", "w")], "en", RICH, CATALOGUE)
    assert [part.text for part in page.parts] == [
        f"One?\n1. {'a' * 21}\nReply 1.",
        "Two?\n2. x\n3. y\n4. z\n5. w\nReply with a number from 2 to 5.",
    ]
    assert [each.payload for part in page.parts for each in part.numbered] == ["A" * 21, "X", "Y", "Z", "W"]


def test_what_explains_a_ruling_begins_with_what_speaks_against_it() -> None:
    lines = [
        "Not yet.",
        *(f"✓ Fact number {number} is as it must be for this." for number in range(12)),
        "✗ None booked.",
    ]
    first, *_ = pages([spoken("\n".join(lines), "Talk to a person")], SMS)
    assert first == ["Not yet.\n- None booked.\n1. Talk to a person\nReply 1.\nReply MORE for the rest."]


def test_a_question_stays_with_its_choices_on_the_first_page() -> None:
    first, *_ = pages(
        [spoken("I cannot tell yet.\n" + "Because. " * 60), spoken("How far are you?", "Done", "Not done")], SMS
    )
    assert first[0].startswith("I cannot tell yet.")
    assert first[0].endswith("How far are you?\n1. Done\n2. Not done\nReply 1 or 2.\nReply MORE for the rest.")


def test_choices_never_push_the_next_step_off_the_first_page() -> None:
    step = "Book " + "an interview soon " * 20 + "at last."
    message = ruled(
        "Not yet.", "Trip.", "Why.", f"Next: {step}", step=step, titles=("Why is that so?", "Which other ways?")
    )
    first, second = compose([message], "en", SMS, CATALOGUE)
    assert first.parts[0].text.startswith(f"Not yet.\nNext: {step}\nReply MORE")
    assert "1. Why is that so?" in second.parts[0].text
    assert [len(page.parts[0].numbered) for page in (first, second)] == [0, 2]


def test_a_link_stands_in_the_text_and_beside_it() -> None:
    link = {"url": "https://guide.example/verify/abc", "title": "Confirm who you are", "expires_at": None}
    for form in (SMS, RICH, BARE):
        [page] = compose([spoken("Open this page.", link=link)], "en", form, CATALOGUE)
        assert page.parts[0].text == "Open this page.\nConfirm who you are: https://guide.example/verify/abc"
        assert (page.parts[0].link, page.parts[0].link_title) == (link["url"], link["title"])


def test_a_person_says_who_they_are() -> None:
    said = spoken("Je regarde {cela}.", language="fr", sender="staff", author={"name": "Zoé"})
    [page] = compose([said], "en", SMS, CATALOGUE)
    assert (page.parts[0].text, page.parts[0].sender) == ("Zoé (personnel) : Je regarde {cela}.", "staff")


def test_an_emoji_is_counted_as_what_it_makes_of_the_text() -> None:
    said = pages([spoken("Anna 😀 " + "is here. " * 60, sender="staff")], SMS)
    assert [segments(text) for [text] in said] == [3, 3]
    assert len(said[0][0]) <= 201


WORDS = st.sampled_from(
    ["Oui", "non,", "à", "peut-être.", "U.S.", "€", "Où?", "Yes.", "It is so!", "«\u00a0via\u00a0»", "😀"]
)
URLS = st.integers(0, 150).map(lambda number: f"https://example.ca/{'p' * number}?a=1&b=[2]")
TEXTS = st.lists(st.tuples(WORDS | URLS, st.sampled_from([" ", "\n", "\n\n"])), min_size=1, max_size=90).map(
    lambda each: "".join(map("".join, each)).strip()
)
TITLES = st.lists(st.sampled_from(["Why?", "Où sont les centres?", "An option that is long", "No"]), unique=True)
MESSAGES = st.lists(
    st.builds(
        lambda text, titles, language: spoken(text, *titles, language=language),
        TEXTS,
        TITLES,
        st.sampled_from(["en", "fr", None]),
    )
    | st.builds(lambda text, titles: ruled(*text.split("\n"), STEP, step=STEP, titles=tuple(titles)), TEXTS, TITLES),
    min_size=1,
    max_size=3,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(MESSAGES, st.sampled_from([SMS, RICH, Form(220)]))
def test_nothing_is_lost_everything_fits_and_no_address_is_cut(messages: list[ShownMessage], form: Form) -> None:
    composed = compose(messages, "en", form, CATALOGUE)
    assert composed == compose(messages, "en", form, CATALOGUE)
    texts = [part.text for page in composed for part in page.parts]
    for text in texts:
        assert text.strip()
        if form.segments:
            assert segments(text) <= form.segments
        else:
            assert len(text) <= form.longest
    if form.together:
        assert all(len(page.parts) == 1 for page in composed)
    written = plain if form.segments else str
    for message in messages:
        for url in re.findall(r"https://\S+", message.text):
            assert any(url in text for text in texts)
    said = " ".join(texts).split()
    for word in (word for message in messages for word in written(message.text).split()):
        said.remove(word)
    offered = [button.payload for page in composed for part in page.parts for button in (*part.buttons, *part.numbered)]
    assert [each for each in offered if each not in ("MORE", "PLUS")] == [
        b.payload for message in messages for b in message.buttons
    ]
