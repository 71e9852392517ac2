"""Trains Rasa's template on a set: its understanding, and on the project's own data its policies too."""

import functools
import os
import time
from pathlib import Path
from typing import Any

from benchmarks.job import progress
from benchmarks.reading import training
from benchmarks.template import quieted, write_project

MODEL = "template"


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Trains into the job's folder and tells how long it took; the imports are not counted, for us neither."""
    folder = Path(job["model"])
    texts, intents = training(job)
    write_project(folder, texts, intents, job["epochs"])
    os.chdir(folder)

    import rasa.model_training
    from rasa.core.policies.ted_policy import TEDPolicy
    from rasa.utils import train_utils
    from rasa.utils.tensorflow.callback import RasaTrainingLogger

    class Told(RasaTrainingLogger):
        """Passes the epochs on to the bar."""

        def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
            progress(epoch + 1, self.progress_bar.total, "epochs")

    train_utils.RasaTrainingLogger = Told
    policies = _timed(TEDPolicy)
    quieted()
    began = time.perf_counter()
    if job["policies"]:
        result = rasa.model_training.train("domain.yml", "config.yml", ["data"], "models", fixed_model_name=MODEL)
        trained = result.model
    else:
        trained = rasa.model_training.train_nlu("config.yml", "data/nlu.yml", "models", fixed_model_name=MODEL)
    seconds = time.perf_counter() - began
    if trained is None:
        raise RuntimeError(f"Rasa trained no model in {folder}; its own words are in the log beside the results")
    return {"sentences": len(texts), "seconds": seconds - sum(policies), "policies_seconds": sum(policies)}


def _timed(policy: Any) -> list[float]:
    """The seconds that each training of `policy` and of what derives from it will have taken."""
    spent: list[float] = []
    train = policy.train

    # Rasa reads the annotations of what it runs.
    @functools.wraps(train)
    def timed(*given: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return train(*given, **named)
        finally:
            spent.append(time.perf_counter() - began)

    policy.train = timed
    return spent
