"""Finds words in what was said and noted, newest first; only where the one who asks may see the conversation.

All words must stand in one message; the last may be the beginning of one. Accents and capitals do not matter. What is
searched is what is stored, which is masked.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Select, and_, column, func, literal_column, select, table, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Conversation, Message, Note
from bot.conversations.transcript import Sender
from bot.desk.cursors import cursor_of, place_of
from bot.desk.signed_in import SignedIn
from bot.desk.visible import visible_to
from bot.http.problems import wrong_field
from bot.privacy.links import without_links

PAGE = 20
LONGEST = 200
MOST_WORDS = 10
LOOKED_AT = 2_000
"""Places looked at for one page. Who may see few of them gets a shorter page and a cursor to go on."""

_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})

_ENTRIES = table("search_entries", column("id"), column("object_id"), column("kind"), column("conversation_id"))
_INDEX = table("search_index", column("rowid"))


class Hit(msgspec.Struct, frozen=True):
    """A message or note with the words in it. `marks` are where, begin and end, in UTF-16 units as browsers count."""

    conversation_id: str
    seq: int
    sender: Sender | Literal["note"]
    text: str
    marks: list[tuple[int, int]]
    created_at: datetime


class Hits(msgspec.Struct, frozen=True):
    """One page; `next` is None on the last. A page before it may be short, or even empty."""

    hits: list[Hit]
    next: str | None


class _Place(msgspec.Struct, frozen=True, array_like=True):
    entry: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


async def search(session: AsyncSession, viewer: SignedIn, asked: str, cursor: str | None = None) -> Hits:
    """What `viewer` may see of what has the words of `asked` in it.

    Raises Problem 422 where there is no word in it or it is too long, or where `cursor` is none.
    """
    words = words_of(asked)
    begin = place_of(cursor, _Place).entry if cursor is not None else None
    dialect = session.get_bind().dialect.name
    if dialect == "postgresql":
        # A rare word is best looked up and a common one best met on the way back in time: it depends on the word.
        await session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
    found = _found(dialect, words, begin)
    rows = (await session.execute(_shown(found.limit(LOOKED_AT), viewer))).all()
    hits = [_hit(row, words) for row in rows[:PAGE]]
    if len(rows) > PAGE:
        return Hits(hits, cursor_of(_Place(rows[PAGE - 1].entry)))
    # The page is not full: either nothing is left, or the looking stopped.
    stopped = await session.scalar(found.limit(1).offset(LOOKED_AT - 1))
    return Hits(hits, cursor_of(_Place(int(stopped))) if stopped is not None else None)


def words_of(asked: str) -> list[str]:
    """The words to find, without accents and capitals. Raises Problem 422."""
    if len(asked) > LONGEST:
        raise wrong_field("q", f"expected at most {LONGEST} characters, got {len(asked)}")
    words = list(dict.fromkeys(_plain(match.group()) for match in _WORD.finditer(asked)))
    if not any(words):
        raise wrong_field("q", "expected at least one word")
    return [word for word in words if word][:MOST_WORDS]


def marks_in(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the words stand in `text`; the last one counts wherever a word begins with it."""
    return [(_utf16(text, start), _utf16(text, end)) for start, end in _places(text, words)]


def _places(text: str, words: list[str]) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        word = _plain(match.group())
        if word in words or word.startswith(words[-1]):
            yield match.span()


def _utf16(text: str, place: int) -> int:
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(each for each in letters if not unicodedata.combining(each)).lower().translate(_LIGATURES)


def _found(dialect: str, words: list[str], begin: int | None) -> Select[Any]:
    """The numbers of the entries with the words, newest first, before the entry `begin`.

    The words are letters and digits only, in quotes: nothing that was typed reaches the syntax of the query.
    """
    if dialect == "sqlite":
        query = " ".join(f'"{word}"' for word in words) + "*"
        number = _INDEX.c.rowid
        found = select(number.label("id")).where(literal_column("search_index").op("MATCH")(query))
    else:
        query = " & ".join(f"'{word}'" for word in words) + ":*"
        number = _ENTRIES.c.id
        has_words: ColumnElement[bool] = literal_column("search_entries.words").op("@@")(
            func.to_tsquery(literal_column("'simple'"), query)
        )
        found = select(number.label("id")).select_from(_ENTRIES).where(has_words)
    if begin is not None:
        found = found.where(number < begin)
    return found.order_by(number.desc())


def _shown(found: Select[Any], viewer: SignedIn) -> Select[Any]:
    # By itself, so that it is planned for all it looks at and not for the few that are shown.
    numbers = found.cte("numbers").prefix_with("MATERIALIZED", dialect="postgresql")
    entries = (
        select(_ENTRIES)
        .join(numbers, numbers.c.id == _ENTRIES.c.id)
        .join(Conversation, Conversation.id == _ENTRIES.c.conversation_id)
        .where(visible_to(viewer))
        .order_by(_ENTRIES.c.id.desc())
        .limit(PAGE + 1)
        .subquery()
    )
    return (
        select(
            entries.c.id.label("entry"),
            entries.c.kind,
            entries.c.conversation_id,
            Message.sender,
            func.coalesce(Message.seq, Note.seq).label("seq"),
            func.coalesce(Message.text, Note.text).label("text"),
            Message.created_at.label("said_at"),
            Note.created_at.label("noted_at"),
        )
        .select_from(entries)
        .outerjoin(Message, and_(entries.c.kind == "message", Message.id == entries.c.object_id))
        .outerjoin(Note, and_(entries.c.kind == "note", Note.id == entries.c.object_id))
        .order_by(entries.c.id.desc())
    )


def _hit(row: Any, words: list[str]) -> Hit:
    return Hit(
        row.conversation_id,
        row.seq,
        row.sender or "note",
        without_links(row.text),
        marks_in(row.text, words),
        row.said_at or row.noted_at,
    )
