"""The words that channels obey."""

import pytest

from bot.channels.keywords import Keyword, keyword


@pytest.mark.parametrize(
    ("said", "meant"),
    {
        "STOP": Keyword("stop", None),
        " «stop!» ": Keyword("stop", None),
        "Stop All": Keyword("stop", "en"),
        "Unsubscribe.": Keyword("stop", "en"),
        "ARRÊT": Keyword("stop", "fr"),
        "arre\u0302t": Keyword("stop", "fr"),
        "Désabonner": Keyword("stop", "fr"),
        "/start": Keyword("start", None),
        "DÉBUT": Keyword("start", "fr"),
        "unstop": Keyword("start", "en"),
        "Help?": Keyword("help", "en"),
        "aide": Keyword("help", "fr"),
        "info": Keyword("help", None),
        "More…": Keyword("more", "en"),
        "PLUS": Keyword("more", "fr"),
        "Personne": Keyword("person", "fr"),
        "stop it now": None,
        "more flights": None,
        "cancel": None,
        "yes": None,
        "": None,
        "?!": None,
    }.items(),
    ids=lambda each: repr(each) if isinstance(each, str) else "",
)
def test_a_word_is_the_whole_message_however_it_is_written(said: str, meant: Keyword | None) -> None:
    assert keyword(said, channel="telegram", stopped=False) == meant


def test_what_the_carrier_takes_for_stop_is_stop() -> None:
    for said in ("CANCEL", "end", "Quit", "REVOKE", "opt-out"):
        assert keyword(said, channel="sms", stopped=False) == Keyword("stop", "en")


def test_yes_begins_again_only_by_sms_and_after_stop() -> None:
    assert keyword("Yes", channel="sms", stopped=True) == Keyword("start", "en")
    assert keyword("Yes", channel="sms", stopped=False) is None
    assert keyword("Yes", channel="whatsapp", stopped=True) is None
