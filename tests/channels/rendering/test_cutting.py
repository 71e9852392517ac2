"""Where texts are cut."""

from bot.channels.rendering.cutting import cut, head


def test_paragraphs_come_before_sentences_and_sentences_before_words() -> None:
    text = "One two. Three four.\n\nFive six. Seven eight."
    assert head(text, lambda each: len(each) <= 30) == ("One two. Three four.", "Five six. Seven eight.")
    assert head(text, lambda each: len(each) <= 15) == ("One two.", "Three four.\n\nFive six. Seven eight.")
    assert head(text, lambda each: len(each) <= 6) == ("One", "two. Three four.\n\nFive six. Seven eight.")


def test_a_short_heading_does_not_get_a_page_of_its_own() -> None:
    assert head("Sources:\n" + "long " * 20, lambda each: len(each) <= 60)[0] == ("Sources:\n" + "long " * 10).strip()


def test_no_sentence_ends_after_an_abbreviated_country() -> None:
    assert head("Ask at a U.S. Border post. Or not.", lambda each: len(each) <= 28)[0] == "Ask at a U.S. Border post."


def test_what_has_no_end_is_cut_where_it_must_be() -> None:
    assert [*cut("x" * 25, lambda each: len(each) <= 10)] == ["x" * 10, "x" * 10, "x" * 5]
    assert [*cut("", lambda each: False)] == []
