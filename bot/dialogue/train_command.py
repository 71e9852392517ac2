"""`nexus-guide train`: trains the model if the one present was trained from other files, with a progress bar."""

import logging
import os
from collections.abc import Callable
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
    from bot.dialogue.quiet import quiet_rasa

    quiet_rasa()
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    share = TextColumn("{task.percentage:>3.0f} %")
    with Progress(TextColumn("{task.description}"), BarColumn(), share, TimeElapsedColumn()) as progress:
        task = progress.add_task("Training: loading Rasa", total=_Steps.TOTAL)
        import rasa.model_training

        from bot.dialogue.model import NAME, inputs_digest, write_record
        from bot.settings import ROOT

        steps = _Steps(lambda what: progress.update(task, advance=1, description=f"Training: {what}"))
        logging.getLogger("rasa").addHandler(steps)
        logging.getLogger("rasa").setLevel(logging.INFO)
        logging.getLogger("rasa").propagate = False
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
        progress.update(task, completed=_Steps.TOTAL, description="Training: done")
    return None


class _Steps(logging.Handler):
    """Turns Rasa's log lines about its components into steps of the progress bar."""

    TOTAL = 14

    def __init__(self, step: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self._step = step

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if "train component" in message or "Restored component" in message:
            name = message.split("'")[1] if "'" in message else "component"
            self._step(name.rpartition(".")[2])
        elif record.levelno >= logging.WARNING:
            click.echo(message, err=True)
