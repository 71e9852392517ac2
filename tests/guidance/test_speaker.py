"""The wording of rulings has no gap, and no text is left over."""

from typing import get_args

import pytest
import yaml

from bot.guidance.next_steps import _FLIGHT
from bot.guidance.options import OPTIONS
from bot.guidance.rules import RULES
from bot.guidance.ruling import Code
from bot.guidance.verdict import ROWS
from bot.settings import ROOT

TEXTS = yaml.safe_load((ROOT / "data" / "responses" / "rulings.yml").read_text(encoding="utf-8"))["texts"]
SOURCES = [path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "guidance").glob("*.py")]


def test_every_row_has_its_sentence():
    assert {key for key in TEXTS if key.startswith("verdict.")} == {f"verdict.{row.code}.{row.verdict}" for row in ROWS}


def test_every_rule_has_both_its_sentences():
    never_holds = {"departs_canada"}  # it is only asked where it decides or row 8 has decided
    for rule in RULES:
        assert f"reason.{rule}.fails" in TEXTS
        assert rule in never_holds or f"reason.{rule}.holds" in TEXTS


def test_every_option_has_its_title_and_sentences():
    for option in OPTIONS:
        keys = {f"option.{option}", f"option.{option}.yes", f"option.{option}.no"}
        keys |= {f"option.{option}.not_yet"} if option != "no_interview" else set()
        assert keys <= set(TEXTS)


def test_every_code_has_its_steps():
    assert set(_FLIGHT) | {"airport_option_not_open_yet"} == set(get_args(Code))


@pytest.mark.parametrize("key", sorted(key for key in TEXTS if key.startswith(("step.", "reason."))))
def test_every_text_is_of_a_rule_or_step_with_a_source(policy, key):
    kind, name = key.split(".")[:2]

    assert policy.rules[f"step.{name}" if kind == "step" else name].span.sources
    assert any(f'"{name}"' in source or f"def {name}(" in source or "started_at_" in name for source in SOURCES)


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_both_languages_are_whole_sentences(key):
    for text in TEXTS[key].values():
        assert text == text.strip()
        assert text[0].isupper() or text[0] == "{"
        assert (key.count(".") == 1 and key.startswith("option.")) or text.endswith((".", "?"))


def test_french_uses_french_signs():
    for key, texts in TEXTS.items():
        assert "'" not in texts["fr"], key
        assert " :" not in texts["fr"], key
        assert "bureau d'inscription" not in texts["fr"], key
