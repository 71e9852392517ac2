"""One evaluation: reads the sentences with the trained model, prints the figures and writes the report."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
import yaml
from rich.console import Console
from rich.progress import Progress

from bot import cli
from bot.clock import clock_from
from bot.dialogue.model import ModelError, usable_model
from bot.improving import measuring
from bot.improving.measuring import Read
from bot.improving.reading import digest, open_reader
from bot.improving.sentences import Labelled, SentencesError, read_sentences
from bot.settings import ROOT, SettingsError, load_settings

_HELD_OUT = ROOT / "tests" / "nlu"
_SHOWN_INTENTS = 8
_SHOWN_PAIRS = 10


def run(files: Sequence[Path], out: Path | None) -> None:
    """Measures on `files`; ends the command with one sentence where something cannot be used."""
    from bot.improving.report import About, report
    from bot.improving.writing import write_whole

    try:
        settings = load_settings()
        now = clock_from(settings.clock_start)()
        sources = tuple(files) or tuple(sorted(_HELD_OUT.glob("heldout_*.yml")))
        sentences = [sentence for file in sources for sentence in read_sentences(file)]
        if not sentences:
            raise SentencesError(f"{', '.join(map(str, sources)) or _HELD_OUT}: there is no sentence to measure on")
        model = usable_model(settings.model_dir)
        target = out or settings.data_dir / "evaluation" / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        reads = _read(model, sentences, now)
        about = About(digest(model), tuple(file.name for file in sources), now)
        click.echo(summary(reads))
        write_whole(target, report(reads, about, _order()))
    except (SettingsError, SentencesError, ModelError) as error:
        cli.stop(str(error))
    except OSError as error:
        cli.stop(f"the report cannot be written to {error.filename} ({error.strerror}); name another with --out")
    else:
        click.echo(f"\nreport: {target}")


def _read(model: Path, sentences: Sequence[Labelled], now: datetime) -> list[Read]:
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("loading the model", total=len(sentences))
        read = open_reader(model, now)
        reads = []
        progress.update(task, description="reading the sentences")
        for sentence in sentences:
            reads.append(Read(sentence.text, _language(sentence.file), sentence.intent, read(sentence.text)))
            progress.advance(task)
    return reads


def _language(file: Path) -> str:
    """The language a file's name ends in, else the name itself: figures are told apart by it."""
    match = re.search(r"(?:^|_)(en|fr)$", file.stem)
    return match[1] if match else file.stem


def _order() -> list[str]:
    """The intents as the domain lists them."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return [name if isinstance(name, str) else next(iter(name)) for name in domain["intents"]]


def summary(reads: Sequence[Read]) -> str:
    """The figures for the terminal."""
    lines = [f"{'':10}{'sentences':>10}{'right':>9}{'asked again':>13}{'answered wrongly':>18}{'calibration gap':>17}"]
    parts = measuring.by_language(reads)
    for name, part in [*parts.items(), *([("all", list(reads))] if len(parts) > 1 else [])]:
        share, error = measuring.shares(part), measuring.calibration(part).error
        lines.append(
            f"{name:10}{share.sentences:>10}{share.right:>9.1%}{share.asked_again:>13.1%}"
            f"{share.wrongly_answered:>18.1%}{error:>17.3f}"
        )
    lines += ["", f"{'worst intents':32}{'F1':>6}{'precision':>11}{'recall':>8}{'sentences':>11}"]
    for score in [score for score in measuring.scores(reads) if score.f1 < 1][:_SHOWN_INTENTS]:
        lines.append(
            f"{score.intent:32}{score.f1:>6.2f}{score.precision:>11.2f}{score.recall:>8.2f}{score.sentences:>11}"
        )
    lines += ["", "most confused"]
    for confusion in measuring.confusions(reads)[:_SHOWN_PAIRS]:
        example = confusion.sentences[0]
        lines.append(f"{len(confusion.sentences):>3}  {confusion.intent} read as {confusion.read_as}")
        lines.append(f"       {example.language}: {example.text} ({example.reading.confidence:.0%})")
    return "\n".join(lines)
