"""`nexus-guide train`: trains the model if the one present was trained from other files, with a progress bar."""

import io
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import click


@click.command()
@click.option("--force", is_flag=True, help="Train even if the model present fits the files present.")
def train(force: bool) -> None:
    """Train the model from config.yml, domain.yml and data/."""
    from bot.cli import stop
    from bot.dialogue.model import ModelError, usable_model
    from bot.settings import SettingsError, load_settings

    try:
        folder = load_settings().model_dir
    except SettingsError as error:
        return stop(str(error))
    if not force:
        try:
            usable_model(folder)
        except ModelError:
            pass
        else:
            click.echo("The model fits the files present; nothing to train.")
            return None
    problem = _train(folder)
    return stop(problem) if problem else None


def _train(folder: Path) -> str | None:
    """Trains into `folder`; returns what is wrong, in one sentence, or None."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    share = TextColumn("{task.percentage:>3.0f} %")
    columns = (TextColumn("{task.description}"), BarColumn(), share, TimeElapsedColumn())
    # Rasa prints lines of its own; the bar keeps the terminal to itself.
    with Progress(*columns, console=Console(file=sys.stdout)) as progress, _silence():
        task = progress.add_task("Training: loading Rasa", total=100)

        from bot.dialogue.quiet import quiet_rasa

        quiet_rasa(to_train=True)
        import rasa.model_training

        from bot.dialogue.model import NAME, inputs_digest, write_record
        from bot.settings import ROOT

        progress.update(task, completed=_LOADED, description="Training: reading the sentences")
        _follow(lambda share: progress.update(task, completed=share, description="Training: learning the intents"))
        inputs = inputs_digest()
        os.chdir(ROOT)
        result = rasa.model_training.train(
            domain="domain.yml",
            config="config.yml",
            training_files=["data/nlu", "data/rules", "data/stories"],
            output=str(folder),
            fixed_model_name=NAME,
            force_training=True,
        )
        if result.code != 0 or not result.model:
            return "training failed; run `rasa data validate` to see what is wrong with the training files"
        write_record(folder, inputs)
        progress.update(task, completed=100, description="Training: done")
    return None


@contextmanager
def _silence() -> Iterator[None]:
    """Keeps what Rasa and its libraries print off the terminal."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        yield


# Shares of the whole, in per cent, as they were seen: loading Rasa first, rules and packing last.
_LOADED = 20
_LEARNED = 90


def _follow(show: Callable[[float], None]) -> None:
    """Has the classifier's own count of sentences shown as a share of the whole; warnings are passed on."""
    for name, level in (("bot.nlu.embeddings", logging.INFO), ("rasa", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.setLevel(level)
        logger.addHandler(_Counter(show))
        logger.propagate = False


class _Counter(logging.Handler):
    """Turns "embedded 64 of 5002 sentences" into a share."""

    def __init__(self, show: Callable[[float], None]) -> None:
        super().__init__(logging.INFO)
        self._show = show

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING:
            click.echo(record.getMessage(), file=sys.__stderr__)
        elif isinstance(record.args, tuple) and len(record.args) == 2:
            done, total = (float(str(count)) for count in record.args)
            self._show(_LOADED + (_LEARNED - _LOADED) * done / total)
