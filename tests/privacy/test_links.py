"""Hiding the links to the identity form."""

from bot.privacy.links import without_links


def test_the_token_is_hidden_and_the_rest_stays() -> None:
    text = "Open http://guide.example/verify/AbC-123_xyzAbC-123_xyz within ten minutes; see /verify/short."
    hidden = without_links(text)
    assert hidden == "Open http://guide.example/verify/" + "•" * 22 + " within ten minutes; see /verify/short."
    assert len(hidden) == len(text)
