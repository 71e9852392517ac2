"""Nothing that is said can become markup, and no markup stays in what is heard."""

from bot.channels.slack.written import block, escaped, heard


def test_what_travellers_type_is_heard_as_they_typed_it() -> None:
    assert heard("A &lt; B &amp;amp; <https://cbp.gov/x|cbp.gov/x> <mailto:a@b.ca|a@b.ca>") == (
        "A < B &amp; cbp.gov/x a@b.ca"
    )
    assert heard("see <https://cbp.gov>, <#C1|general>") == "see https://cbp.gov, general"


def test_a_mention_of_everybody_is_only_text() -> None:
    assert escaped("<!channel> R&D") == "&lt;!channel&gt; R&amp;D"
    assert block("<!channel> *now*")["elements"][0]["elements"] == [{"type": "text", "text": "<!channel> *now*"}]


def test_addresses_can_be_followed() -> None:
    section = block("Read https://cbp.gov/nexus. Or (https://cbsa.gc.ca/).")["elements"][0]["elements"]
    assert [each.get("url") or each["text"] for each in section] == [
        "Read ",
        "https://cbp.gov/nexus",
        ". Or (",
        "https://cbsa.gc.ca/",
        ").",
    ]
