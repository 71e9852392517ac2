"""A plain sentence for each intent, in both languages, each in a conversation of its own with the real guide."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import ROOT
from tests.conversations.player import shown
from tests.conversations.talk import Talk
from tests.servers import GuideServer

TABLE: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("intents.yml").read_text(encoding="utf-8"))
# Not said by travellers: the guide's own event, and Rasa's for what was not understood.
NOT_SAID = {"identity_proved", "identity_locked", "handed_back", "rate", "nlu_fallback"}


@pytest.mark.timeout(400)  # the first one waits for the guide to start, and to train where the model is stale
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("intent", TABLE)
async def test_a_plain_sentence_is_understood_and_answered(
    intent: str, language: str, guide_server: GuideServer
) -> None:
    async with Talk(guide_server.url, language) as talk:
        heard = await talk.say(TABLE[intent][language])
        conversation = shown(talk.messages)
        assert heard.replies, conversation
        assert {reply["meta"]["intent"] for reply in heard.replies} == {intent}, conversation
        assert {reply["language"] for reply in heard.replies} == {language}, conversation
        assert all(reply["text"].strip() for reply in heard.replies), conversation
        sources = [source for reply in heard.replies for source in reply["meta"]["sources"]]
        assert bool(sources) == TABLE[intent].get("sources", True), conversation
        for source in sources:
            assert source["title"], source
            assert {"id", "date"} <= source.keys(), source
            # The policy knows no address for some publications.
            assert source["url"] is None or source["url"].startswith("https://"), source


def test_no_intent_is_left_out() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    declared = {intent if isinstance(intent, str) else next(iter(intent)) for intent in domain["intents"]}
    assert set(TABLE) == declared - NOT_SAID


def test_no_sentence_is_a_training_example() -> None:
    trained = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "data" / "nlu").rglob("*.yml")).casefold()
    found = [
        sentence
        for intent in TABLE.values()
        for sentence in (intent["en"], intent["fr"])
        if f"- {sentence}\n".casefold() in trained
    ]
    assert found == []
