import time
from pathlib import Path

import pytest

from bot.policy import Everything, PolicyError, load, load_all


def test_all_faults_of_all_files_are_told_at_once(policy_copy: Path) -> None:
    spoiled = {
        "rules.yml": ("trip_ahead: {from: 2023-01-25,", "trip_ahead: {form: 2023-01-25,"),
        "parameters.yml": ("to: 2024-10-01", "to: 2025-10-01"),
        "notices.yml": ('touches: ["airport:YYC"]', "touches: [weather]"),
        "airports.yml": ('fr: "Vancouver"}', 'de: "Vancouver"}'),
        "statements/money.yml": ("sources: [wikivoyage]", "sources: [gossip]"),
    }
    for file, (old, new) in spoiled.items():
        path = policy_copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load_all(policy_copy)
    named = {fault.split(":", 1)[0] for fault in caught.value.faults}
    assert named == {Path(file).name for file in spoiled}


def test_the_engine_gets_the_same_policy(everything: Everything) -> None:
    assert load() == everything.policy


def test_loading_is_quick() -> None:
    started = time.process_time()
    load_all()
    assert time.process_time() - started < 1.5
