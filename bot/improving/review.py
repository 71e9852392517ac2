"""One review: the unsure messages, one after the other, and what becomes of the answers."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from bot import cli
from bot.clock import Clock, clock_from
from bot.db.engine import Database, DatabaseError
from bot.db.error import UnavailableError
from bot.db.migrate import open_current
from bot.improving.asking import GUIDE, ZONE, QuitError, Reviewer, described, shown
from bot.improving.corpus import Corpus
from bot.improving.reviewed import FOLDER, RefusedError, ReviewedError, ReviewedSentences
from bot.improving.sentences import SentencesError
from bot.improving.unsure import Unsure, mark_reviewed, unsure_messages
from bot.settings import SettingsError, load_settings


def run(*, list_only: bool, limit: int, below: float, since: datetime | None, into: Path | None) -> None:
    """Lists or reviews; ends the command with one sentence where something cannot be used."""
    folder = into or FOLDER
    try:
        settings = load_settings()
        clock = clock_from(settings.clock_start)
        corpus = Corpus.load(folder)
        # One loop for all of it, which rests while the reviewer thinks: so Ctrl+C ends the command at once.
        with asyncio.Runner() as runner:
            database = runner.run(open_current(settings.database_url))
            try:
                found = runner.run(_found(database, corpus, below, since and since.replace(tzinfo=ZONE), limit))
                if not found:
                    click.echo("nothing to review")
                elif list_only:
                    click.echo("\n\n".join(described(item) for item in found))
                else:
                    sentences = ReviewedSentences(folder, corpus)
                    _Review(runner, database, sentences, Reviewer(corpus.intents, clock(), _line), clock).go(found)
            finally:
                runner.run(database.close())
    except (DatabaseError, SettingsError, SentencesError, ReviewedError) as error:
        cli.stop(str(error))
    except (SQLAlchemyError, UnavailableError) as error:
        cli.stop(f"the database failed ({str(error).splitlines()[0]}); what was decided before is kept")


async def _found(
    database: Database, corpus: Corpus, below: float, since: datetime | None, limit: int
) -> Sequence[Unsure]:
    def known(text: str) -> bool:
        return corpus.trained_as(text) is not None

    async with database.read() as session:
        return await unsure_messages(session, below=below, since=since, limit=limit, known=known)


def _line() -> str | None:
    line = sys.stdin.buffer.readline()
    if not line:
        return None
    typed = line.decode("utf-8", errors="replace")
    if not sys.stdin.isatty():
        # A terminal shows what is typed; through a pipe it belongs into the output as well.
        click.echo(shown(typed))
    return typed


class _Review:
    def __init__(
        self,
        runner: asyncio.Runner,
        database: Database,
        sentences: ReviewedSentences,
        reviewer: Reviewer,
        clock: Clock,
    ) -> None:
        self._runner = runner
        self._database = database
        self._sentences = sentences
        self._reviewer = reviewer
        self._clock = clock
        self._added = self._skipped = 0

    def go(self, found: Sequence[Unsure]) -> None:
        """Asks about each until the reviewer quits; says in the end what was done."""
        click.echo(GUIDE)
        try:
            for number, item in enumerate(found, start=1):
                click.echo(f"\n{number} of {len(found)}: {described(item)}")
                self._decide(item)
        except QuitError:
            pass
        finally:
            click.echo(f"\n{self._added} added, {self._skipped} skipped")
            if self._added:
                click.echo("Train with them: nexus-guide train (a guide started before that keeps its old model)")

    def _decide(self, item: Unsure) -> None:
        while True:
            label = self._reviewer.ask(item)
            try:
                if label is not None:
                    self._add(label.text, label.intent, item)
            except RefusedError as error:
                click.echo(f"  {error}.")
                continue
            self._skipped += label is None
            self._runner.run(self._mark(item, label.intent if label else None))
            return

    def _add(self, text: str, intent: str, item: Unsure) -> None:
        if self._sentences.add(text, intent, item.language):
            self._added += 1
            click.echo(f"  added to {self._sentences.file(item.language)} as {intent}")
        else:
            click.echo(f"  trained on as {intent} already")

    async def _mark(self, item: Unsure, intent: str | None) -> None:
        async with self._database.write() as session:
            await mark_reviewed(session, item.message_ids, intent, self._clock())
