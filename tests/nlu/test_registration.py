"""Components are registered with Rasa's recipe wherever something is trained, and only there."""

import subprocess
import sys

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


def test_every_component_is_registered_whichever_is_imported_first() -> None:
    # One process, for the recipe takes long to import: served first and trained then; then as if imported after it.
    anew = (
        "R._registered_components = {n: c for n, c in R._registered_components.items() "
        "if not c.clazz.__module__.startswith('bot.')}; "
        "[sys.modules.pop(name) for name in [*sys.modules] if name.partition('.')[0] == 'bot']"
    )
    register = "from bot.nlu.registration import register_all; register_all()"
    assert run(_SERVING, register, _TRAINING, _REGISTERED, anew, _REGISTERED).splitlines() == [_ALL, _ALL]


def test_serving_imports_no_recipe() -> None:
    assert run(_SERVING) == ""
