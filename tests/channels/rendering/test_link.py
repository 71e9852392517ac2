"""A page is named once, by the button where there is one; and no other word is lost."""

from bot.channels.rendering.link import beside_button
from bot.conversations.outbox.port import Part

LINK = "https://guide.example/verify/x"


def test_the_line_that_names_the_page_goes_where_a_button_shows_it() -> None:
    for colon in (":", "\u00a0:"):
        text = f"Prove who you are.\nOpen the form{colon} {LINK}\nIt takes a minute."
        assert (
            beside_button(Part(text, link=LINK, link_title="Open the form")) == "Prove who you are.\nIt takes a minute."
        )


def test_a_line_that_says_more_stays_with_its_address() -> None:
    for text in (f"Not here but there: {LINK} It works once.", f"Open the form: {LINK} Or do not.", f"See {LINK}"):
        assert beside_button(Part(text, link=LINK, link_title="Open the form")) == text


def test_a_text_of_nothing_else_stays() -> None:
    assert beside_button(Part(f"Go: {LINK}", link=LINK, link_title="Go")) == f"Go: {LINK}"
    assert beside_button(Part(f"Go: {LINK}")) == f"Go: {LINK}"
