"""What holds after every fault: each message once, each answer once, numbers without a gap, each delivery once.

Asked of the database itself, of the integrator, and of the travellers.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from tests.faults.integrator import Integrator, until
from tests.faults.travellers import AppTraveller, HttpTraveller, SocketTraveller, Traveller

_OWED = """SELECT
    (SELECT count(*) FROM messages WHERE conversation_id IN :of AND sender = 'traveller' AND answered_at IS NULL) +
    (SELECT count(*) FROM conversation_events WHERE conversation_id IN :of AND pending) AS owed"""
_UNSENT = """SELECT id, conversation_id, state, attempts, failure FROM outbox
    WHERE conversation_id IN :of AND state <> 'sent' ORDER BY id"""
_MESSAGES = """SELECT id, conversation_id, seq, sender, text, client_message_id, reply_to FROM messages
    WHERE conversation_id IN :of ORDER BY conversation_id, seq"""
_LAST_SEQ = "SELECT id, last_seq FROM conversations WHERE id IN :of"
_ANSWERED = """SELECT data ->> 'reply_to' AS message_id FROM conversation_events
    WHERE conversation_id IN :of AND name = 'message.answered'"""
_APOLOGIES = """SELECT name FROM conversation_events
    WHERE conversation_id IN :of AND name IN ('message.answer_failed', 'message.answer_dropped')"""
_ENTRIES = "SELECT * FROM outbox WHERE conversation_id IN :of ORDER BY conversation_id, id"
_OF_MESSAGE = "SELECT DISTINCT conversation_id FROM messages WHERE client_message_id IN :of"


class Promises:
    """The promises to these travellers. The database must be there.

    `conversations` are theirs, as far as the record has them, once it was looked.
    """

    def __init__(self, database_url: str, integrator: Integrator, travellers: Sequence[Traveller]) -> None:
        self._database_url = database_url
        self._integrator = integrator
        self._travellers = travellers
        self.conversations: list[str] = []

    async def kept(self, seconds: float, *, answered_well: bool = True) -> None:
        """Waits until nothing is owed, and makes sure of all of them.

        `answered_well`: nothing that happened was a reason to apologise instead of an answer.
        """
        await self.answers_kept(seconds, answered_well=answered_well)
        await self.deliveries_kept(seconds)

    async def answers_kept(self, seconds: float, *, answered_well: bool = True) -> None:
        """Of the record: what was confirmed is there once and answered once."""
        await self._find_conversations()
        await until(self._nothing_owed, seconds, "everything answered")
        messages = await self._rows(_MESSAGES)
        self._numbered(messages, {row["id"]: row["last_seq"] for row in await self._rows(_LAST_SEQ)})
        self._stored_once(messages)
        self._answered_once(messages, Counter(row["message_id"] for row in await self._rows(_ANSWERED)))
        if answered_well:
            assert not await self._rows(_APOLOGIES)
        await self._shown(messages)

    async def deliveries_kept(self, seconds: float) -> None:
        """Of the outbox: everything the guide said in an app was taken there once, and in order."""
        await self._find_conversations()
        await until(self._nothing_unsent, seconds, "everything delivered")
        entries, messages = await self._rows(_ENTRIES), await self._rows(_MESSAGES)
        for traveller in self._travellers:
            if isinstance(traveller, AppTraveller):
                mine = [row for row in entries if row["conversation_id"] == traveller.conversation_id]
                said = [row for row in messages if row["conversation_id"] == traveller.conversation_id]
                self._delivered_once(traveller, mine, [row for row in said if row["sender"] == "bot"])

    async def unsent(self) -> Sequence[Any]:
        """The entries that are still to be sent, or never will be."""
        await self._find_conversations()
        return await self._rows(_UNSENT)

    async def owed(self) -> int:
        """How many messages and happenings have no answer yet."""
        await self._find_conversations()
        return int((await self._rows(_OWED))[0]["owed"])

    async def _nothing_owed(self) -> bool:
        return int((await self._rows(_OWED))[0]["owed"]) == 0

    async def _nothing_unsent(self) -> bool:
        unsent = await self._rows(_UNSENT)
        assert not [row for row in unsent if row["state"] in ("failed", "dead")], unsent
        return not unsent

    async def _find_conversations(self) -> None:
        for traveller in self._travellers:
            if not traveller.conversation_id and traveller.said:
                found = await self._rows(_OF_MESSAGE, [each.client_id for each in traveller.said])
                assert len(found) <= 1, "one address, two conversations"
                traveller.conversation_id = found[0]["conversation_id"] if found else ""
        self.conversations = [each.conversation_id for each in self._travellers if each.conversation_id]

    async def _rows(self, query: str, of: Sequence[str] | None = None) -> list[Any]:
        engine = create_async_engine(self._database_url, poolclass=NullPool)
        try:
            async with engine.connect() as connection:
                asked = text(query).bindparams(bindparam("of", expanding=True))
                found = await connection.execute(asked, {"of": list(self.conversations if of is None else of)})
                return list(found.mappings())
        finally:
            await engine.dispose()

    def _numbered(self, messages: Sequence[Any], last_seqs: dict[str, int]) -> None:
        numbers = defaultdict(list)
        for row in messages:
            numbers[row["conversation_id"]].append(row["seq"])
        for conversation_id, seqs in numbers.items():
            assert seqs == list(range(1, last_seqs[conversation_id] + 1)), "a number is missing, or given twice"

    def _stored_once(self, messages: Sequence[Any]) -> None:
        stored = Counter(
            (row["conversation_id"], row["client_message_id"], row["text"])
            for row in messages
            if row["sender"] == "traveller"
        )
        assert max(stored.values(), default=1) == 1, "a message is stored twice"
        for traveller in self._travellers:
            for said in traveller.said:
                count = stored.pop((traveller.conversation_id, said.client_id, said.text), 0)
                assert count == 1 or not said.acknowledged, "a message that was confirmed is not in the record"
        assert not stored, "nobody said that"

    def _answered_once(self, messages: Sequence[Any], answered: Counter[str]) -> None:
        replied = {row["reply_to"] for row in messages if row["sender"] == "bot"}
        for row in messages:
            if row["sender"] == "traveller":
                assert answered[row["id"]] == 1, f"answered {answered[row['id']]} times"
                assert row["id"] in replied, "marked as answered, and there is no answer"

    async def _shown(self, messages: Sequence[Any]) -> None:
        for traveller in self._travellers:
            mine = [row for row in messages if row["conversation_id"] == traveller.conversation_id]
            if isinstance(traveller, SocketTraveller) and mine:
                await traveller.listen_until(len(mine))
                assert [each["id"] for each in traveller.heard] == [row["id"] for row in mine]
            if isinstance(traveller, HttpTraveller) and mine:
                everything = await traveller.everything()
                assert [each["id"] for each in everything] == [row["id"] for row in mine]
                for answer in traveller.answers.values():
                    assert all(everything.count(part) == 1 for part in answer), "the answer is not that in the record"

    def _delivered_once(self, traveller: AppTraveller, entries: Sequence[Any], said: Sequence[Any]) -> None:
        put = [seq for row in entries for seq in range(row["first_seq"], row["last_seq"] + 1)]
        assert put == [row["seq"] for row in said], "what was said was not put into the outbox once and in order"
        keys = [f"{row['key']}-{number}" for row in entries for number in range(1, row["parts_sent"] + 1)]
        shown = [each for each in self._integrator.shown.values() if each.recipient == traveller.address]
        assert [each.key for each in shown] == keys, "sent is not what was taken, or in another order"
        assert [each.text for each in shown] == [row["text"] for row in said]
