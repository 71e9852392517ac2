"""Registers the project's components with Rasa's recipe, without importing it where nothing is trained.

`DefaultV1Recipe` imports every component that Rasa has, and TensorFlow with them: ten seconds and 400 MB that only
training and Rasa's own commands need. The recipe is always imported before it looks for a component by its path, so
a component that is imported without it is being served, and needs no entry in a registry.
"""

import sys
from collections.abc import Callable
from typing import Any, Literal, TypeVar

_RECIPE = "rasa.engine.recipes.default_recipe"
_Component = TypeVar("_Component", bound=type)
_waiting: list[tuple[str, bool, Any]] = []

Kind = Literal["MESSAGE_TOKENIZER", "ENTITY_EXTRACTOR", "INTENT_CLASSIFIER"]


def component(kind: Kind, *, trainable: bool) -> Callable[[_Component], _Component]:
    """Marks a graph component of Rasa's component type `kind` for `config.yml`."""

    def mark(cls: _Component) -> _Component:
        _waiting.append((kind, trainable, cls))
        if _RECIPE in sys.modules:
            register_all()
        return cls

    return mark


def register_all() -> None:
    """Registers what was imported before the recipe; for processes that serve first and train then, such as tests."""
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe

    while _waiting:
        kind, trainable, cls = _waiting.pop()
        DefaultV1Recipe.register(DefaultV1Recipe.ComponentType[kind], is_trainable=trainable)(cls)
