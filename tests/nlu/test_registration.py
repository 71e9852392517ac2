"""Components are registered with Rasa's recipe wherever something is trained, and only there."""

import subprocess
import sys

import pytest

_SERVING = (
    "import sys, bot.nlu.language, bot.nlu.entities, bot.nlu.intents, bot.nlu.unsure; "
    "assert 'rasa.engine.recipes.default_recipe' not in sys.modules"
)
_TRAINING = "from rasa.engine.recipes.default_recipe import DefaultV1Recipe as R"
_REGISTERED = (
    "import bot.nlu.language, bot.nlu.entities, bot.nlu.intents, bot.nlu.unsure; "
    "print(sorted(name for name, c in R._registered_components.items() if c.clazz.__module__.startswith('bot.')))"
)
_ALL = "['IntentClassifier', 'LanguageDetector', 'ProgrammeEntities', 'UnsureClassifier']"


def run(*steps: str) -> str:
    command = [sys.executable, "-W", "ignore", "-c", "\n".join(steps)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    "steps",
    [
        (_TRAINING, _REGISTERED),
        (_SERVING, "from bot.nlu.registration import register_all; register_all()", _TRAINING, _REGISTERED),
    ],
    ids=["trained", "served first, trained then"],
)
def test_every_component_is_registered(steps: tuple[str, ...]) -> None:
    assert run(*steps) == _ALL


def test_serving_imports_no_recipe() -> None:
    assert run(_SERVING) == ""
