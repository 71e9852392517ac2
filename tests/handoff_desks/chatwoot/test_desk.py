"""Chosen by a setting, the desk works behind the real application."""

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import policy
from bot.app import create_app
from bot.db.engine import Database
from bot.settings import Settings, SettingsError
from tests.handoff_desks.chatwoot.conftest import CATALOGUE, script_of_travellers, until
from tests.handoff_desks.chatwoot.fake_chatwoot import ACCOUNT, INBOX, SECRET, TOKEN, FakeChatwoot
from tests.record.scripted import KEY, ScriptedDialogue, Watch


async def test_a_question_goes_to_an_agent_and_the_answer_comes_back(sqlite_database: Database) -> None:
    watch = Watch()
    chatwoot = FakeChatwoot(watch)
    async with TestServer(chatwoot.app()) as server:
        settings = Settings(
            secret_key=KEY,
            handoff_desk="chatwoot",
            chatwoot_url=str(server.make_url("")),
            chatwoot_account=str(ACCOUNT),
            chatwoot_inbox=str(INBOX),
            chatwoot_token=TOKEN,
            chatwoot_webhook_secret=SECRET,
        )
        dialogue = ScriptedDialogue(sqlite_database, watch)
        dialogue.script = script_of_travellers
        app = create_app(
            settings,
            clock=watch,
            database=sqlite_database,
            dialogue=dialogue,
            policy=policy.load_all().policy,
            catalogue=CATALOGUE,
        )
        async with TestClient(TestServer(app)) as traveller:
            chatwoot.hook_url = str(traveller.make_url("/handoff/chatwoot/webhook"))
            begun = await traveller.post("/api/v1/conversations", json={"channel": "web", "language": "en"})
            started = await begun.json()
            path = f"/api/v1/conversations/{started['conversation_id']}/messages"
            headers = {"Authorization": f"Bearer {started['token']}"}
            await traveller.post(path, json={"text": "person", "client_message_id": "1"}, headers=headers)
            await until(lambda: len(chatwoot.seen()) == 3)
            chatwoot.agent_says(1, "I am here.")
            await chatwoot.called()

            said: list[str] = []
            while "I am here." not in said:
                got = await traveller.get(path, params={"after": "0"}, headers=headers)
                said = [each["text"] for each in (await got.json())["messages"]]
            assert said == ["Bonjour / Hello", "person", "Wait here.", "I am here."]
            unsigned = await traveller.post("/handoff/chatwoot/webhook", json={"event": "message_created"})
            assert unsigned.status == 401
            await chatwoot.called()


async def test_settings_that_do_not_go_together_are_refused_before_anything_starts(sqlite_database: Database) -> None:
    with pytest.raises(SettingsError, match="HANDOFF_DESK: chatwoot needs CHATWOOT_URL"):
        create_app(
            Settings(secret_key=KEY, handoff_desk="chatwoot"),
            clock=Watch(),
            database=sqlite_database,
            dialogue=ScriptedDialogue(),
            policy=policy.load_all().policy,
            catalogue=CATALOGUE,
        )
