"""A page is named once: by the button where there is one."""

from bot.channels.rendering.link import without_link
from bot.conversations.outbox.port import Part

LINK = "https://guide.example/verify/x"


def test_the_line_with_the_link_goes_where_a_button_shows_it() -> None:
    part = Part(f"Prove who you are.\nOpen the form: {LINK}\nIt takes a minute.", link=LINK, link_title="Open the form")
    assert without_link(part) == "Prove who you are.\nIt takes a minute."


def test_a_text_of_nothing_else_stays() -> None:
    assert without_link(Part(LINK, link=LINK)) == LINK
    assert without_link(Part(f"See {LINK}")) == f"See {LINK}"
