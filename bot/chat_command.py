"""`nexus-guide chat`: a conversation in the terminal, with the same brain and the same database as the page."""

import asyncio
import itertools
import uuid
from typing import TYPE_CHECKING, Any

import click

from bot import cli
from bot.opening import StartError, opened
from bot.settings import SettingsError, load_settings

if TYPE_CHECKING:
    from bot.conversations.transcript import ShownMessage
    from bot.formats import Language


@click.command()
@click.option("--lang", type=click.Choice(["en", "fr"]), help="The language to begin in; without it, both.")
def chat(lang: "Language | None") -> None:
    """Talk with the guide in the terminal; an empty line ends it."""
    try:
        asyncio.run(_chat(lang))
    except (SettingsError, StartError) as error:
        cli.stop(str(error))


async def _chat(language: "Language | None") -> None:
    from bot.conversations.intake import IntakeError, SendMessage
    from bot.conversations.service import Conversations

    settings = load_settings()
    async with opened(settings) as (known, dialogue):
        conversations = Conversations(known.database, dialogue, known.wording, known.clock, settings.secret_key)
        started = await conversations.start("terminal", language)
        seen, offered = _print(started.messages)
        while text := await _line():
            # A number stands for the thing to press that it was printed with.
            text = offered.get(text, text)
            try:
                await conversations.receive(started.conversation_id, SendMessage(text, str(uuid.uuid4())))
            except IntakeError as error:
                click.echo(str(error), err=True)
                continue
            said = (await conversations.catch_up(started.conversation_id, seen)).messages
            seen, offered = _print([message for message in said if message.sender != "traveller"])
        await conversations.finish()


async def _line() -> str:
    """What is typed next; empty at the end of the input."""
    try:
        typed: str = await asyncio.to_thread(click.prompt, ">", default="", show_default=False, prompt_suffix=" ")
    except (click.Abort, EOFError):
        return ""
    return typed.strip()


def _print(messages: "list[ShownMessage]") -> tuple[int, dict[str, Any]]:
    """Prints messages; gives the number of the last and what each printed number stands for."""
    offered: dict[str, Any] = {}
    numbers = itertools.count(1)
    for message in messages:
        click.echo(f"\n{message.text}")
        for button in message.buttons:
            number = str(next(numbers))
            offered[number] = button.payload
            click.echo(f"  {number}. {button.title}")
    return (messages[-1].seq if messages else 0), offered
