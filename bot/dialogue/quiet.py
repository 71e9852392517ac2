"""Keeps Rasa's own voice down: its debug lines hold what travellers type, and its telemetry calls home."""

import logging
import os
import warnings
from collections.abc import MutableMapping
from typing import Any

import structlog


def quiet_rasa(*, to_train: bool = False) -> None:
    """Imports Rasa with warnings and errors only, and without telemetry. Call it before anything else imports Rasa.

    `to_train` imports all of it, with TensorFlow; what is served needs a small part.
    """
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TQDM_DISABLE", "1")
    structlog.configure(
        processors=[_event_alone],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    # TensorFlow, which Rasa imports, logs about parts that are left out on purpose, on the root logger.
    logging.disable(logging.WARNING)
    with warnings.catch_warnings():
        # Rasa 3.6 was written for older releases of what it stands on; their notices are nobody's here to act on.
        # Filters would not do: an import among them sets its own.
        warnings.showwarning = _say_nothing
        # Imported here so that their notices fall under the filter: all that a model's pipeline is made of.
        import bot.dialogue.host
        import bot.nlu.entities
        import bot.nlu.unsure  # noqa: F401

        if to_train:
            import rasa.core.agent
            import rasa.model_training  # noqa: F401

            from bot.nlu.registration import register_all

            register_all()
    logging.disable(logging.NOTSET)
    # Said at every loading of every domain, whatever it holds.
    warnings.filterwarnings("ignore", message="Slot auto-fill has been removed", category=UserWarning)
    for name in ("rasa", "rasa_sdk", "matplotlib", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _event_alone(_logger: object, _name: str, event: MutableMapping[str, Any]) -> str:
    """Which event it was, without its values: they hold what travellers type."""
    return str(event["event"])


def _say_nothing(*_: object, **__: object) -> None:
    """Stands in for `warnings.showwarning`."""
