"""What the travellers of the load say."""

from benchmarks.data import sentences
from benchmarks.load.generator import texts
from bot.channels.keywords import keyword


def test_nobody_writes_stop_and_then_waits_for_an_answer() -> None:
    written = [text for name in ("en", "fr") for text in sentences(f"tests/nlu/heldout_{name}.yml")[0]]
    dropped = set(written) - set(texts())
    assert dropped, "the sentences held out have words for STOP among them"
    for text in written:
        word = keyword(text, channel="webhook", stopped=False)
        assert (text in dropped) == (word is not None and word.word == "stop"), text
    assert texts() == texts()
