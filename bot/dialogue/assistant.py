"""The trained assistant as it is served: what understands, which action answers what, and the domain."""

import tarfile
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from rasa.shared.core.domain import Domain

from bot.dialogue.model import ModelError
from bot.dialogue.pipeline import Pipeline, PipelineError
from bot.dialogue.rules import Rules, RulesError


class Assistant(NamedTuple):
    """What Rasa trained, ready to answer."""

    pipeline: Pipeline
    rules: Rules
    domain: Domain


def load_assistant(file: Path) -> Assistant:
    """Reads the model `file`, which must be one this installation trained (`bot.dialogue.model`): it holds pickles.

    Raises:
        ModelError: it is no model, or its pipeline or rules are of a kind that is not served here.
    """
    with tempfile.TemporaryDirectory(prefix="nexus-guide-") as folder:
        try:
            with tarfile.open(file, "r:gz") as archive:
                archive.extractall(folder, filter="data")
            metadata: dict[str, Any] = msgspec.json.decode((Path(folder) / "metadata.json").read_bytes())
            components = Path(folder) / "components"
            return Assistant(
                Pipeline.load(metadata, components),
                Rules.load(metadata, components),
                Domain.from_dict(metadata["domain"]),
            )
        except (tarfile.TarError, OSError, KeyError, msgspec.DecodeError, PipelineError, RulesError) as error:
            raise ModelError(f"{file} cannot be used: {error}; train again with: nexus-guide train") from error
