"""`nexus-guide parse`: what the guide understands of messages, a line each."""

import json
import sys

import click


@click.command()
def parse() -> None:
    """Read a message a line on standard input and print a JSON object a line."""
    from bot.cli import stop
    from bot.clock import clock_from
    from bot.dialogue.model import ModelError, usable_model
    from bot.settings import SettingsError, load_settings

    try:
        settings = load_settings()
        file = usable_model(settings.model_dir)
    except (SettingsError, ModelError) as error:
        return stop(str(error))
    from bot.dialogue.quiet import quiet_rasa

    quiet_rasa()
    from bot.dialogue.assistant import load_assistant
    from bot.dialogue.reading import Reader
    from bot.nlu.entities import DEFAULT_ZONE

    reader = Reader(load_assistant(file).pipeline)
    clock = clock_from(settings.clock_start)
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        try:
            text = raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            click.echo(f"line {number}: expected UTF-8 ({error.reason} at byte {error.start}); left out", err=True)
            continue
        if text.strip():
            understood = reader.parse(text, None, clock().astimezone(DEFAULT_ZONE).replace(tzinfo=None))
            click.echo(json.dumps(understood, ensure_ascii=False))
    return None
