from collections.abc import Callable
from pathlib import Path

import pytest

from bot.policy import PolicyError, load_all

Spoil = Callable[..., tuple[str, ...]]


def test_a_missing_language_is_named_with_file_and_entry(faults_after: Spoil) -> None:
    faults = faults_after("statements/money.yml", 'en: "The fee is US$50', 'de: "The fee is US$50')
    assert len(faults) == 2  # the entry itself, and the answers that name it
    assert faults[0].startswith("money.yml: fees.before: text: ")


def test_a_text_without_french_says_so(faults_after: Spoil) -> None:
    faults = faults_after("airports.yml", 'city: {en: "Vancouver", fr: "Vancouver"}', 'city: {en: "Vancouver"}')
    assert faults[0] == "airports.yml: YVR: city: fr is missing; every text needs both en and fr"


@pytest.mark.parametrize("blank", ['""', '" "', '"two\\nlines\\n"'])
def test_a_blank_or_untrimmed_text_is_refused(faults_after: Spoil, blank: str) -> None:
    faults = faults_after("airports.yml", 'city: {en: "Vancouver", fr: "Vancouver"}', f'city: {{en: {blank}, fr: "V"}}')
    assert faults[0].startswith("airports.yml: YVR: city.en: ")


def test_an_unknown_key_is_named(faults_after: Spoil) -> None:
    faults = faults_after("rules.yml", "trip_ahead: {from:", "trip_ahead: {form:")
    assert faults == ("rules.yml: trip_ahead: unknown key `form`; correct its name or remove it",)


def test_a_missing_date_is_not_taken_as_always(faults_after: Spoil) -> None:
    faults = faults_after("rules.yml", "trip_ahead: {from: 2023-01-25, ", "trip_ahead: {")
    assert faults == ("rules.yml: trip_ahead: `from` is missing",)


def test_a_missing_source_is_named(faults_after: Spoil) -> None:
    faults = faults_after(
        "rules.yml", "trip_ahead: {from: 2023-01-25, sources: [cbsa-cbp-2023-01-25]}", "trip_ahead: {from: 2023-01-25}"
    )
    assert faults == ("rules.yml: trip_ahead: no source is named; every entry needs `sources`",)


def test_an_empty_list_of_sources_is_refused(faults_after: Spoil) -> None:
    faults = faults_after(
        "rules.yml",
        "trip_ahead: {from: 2023-01-25, sources: [cbsa-cbp-2023-01-25]}",
        "trip_ahead: {from: 2023-01-25, sources: []}",
    )
    assert faults[0].startswith("rules.yml: trip_ahead: sources: ")


def test_an_entry_that_stands_twice_is_named_with_its_line(faults_after: Spoil) -> None:
    faults = faults_after(
        "rules.yml", "  us_bound:", "  trip_ahead: {from: null, sources: [bloomberg-2023-01-08]}\n  us_bound:"
    )
    assert len(faults) == 1
    assert faults[0].startswith("rules.yml: trip_ahead: this key stands twice in one mapping (line ")


def test_a_key_that_stands_twice_inside_an_entry_is_named(faults_after: Spoil) -> None:
    faults = faults_after(
        "rules.yml", "trip_ahead: {from: 2023-01-25,", "trip_ahead: {from: 2023-01-25, from: 2024-01-01,"
    )
    assert faults[0].startswith("rules.yml: from: this key stands twice")


def test_a_date_that_cannot_be_is_refused(faults_after: Spoil) -> None:
    faults = faults_after("rules.yml", "trip_ahead: {from: 2023-01-25", "trip_ahead: {from: 2023-02-30")
    assert faults[0].startswith("rules.yml: holds a value that cannot be: ")


def test_broken_yaml_is_one_fault_of_its_file(faults_after: Spoil) -> None:
    faults = faults_after("parameters.yml", "parameters:", "parameters: [")
    assert faults[0].startswith("parameters.yml: is not YAML: ")


def test_an_unquoted_number_as_id_is_refused(faults_after: Spoil) -> None:
    faults = faults_after("centres.yml", '"5020":', "5020:")
    assert faults[0] == "centres.yml: 5020: an id must be text; put it in quotation marks"


def test_a_wrong_section_name_is_refused(faults_after: Spoil) -> None:
    faults = faults_after("answers.yml", "answers:", "replies:")
    assert faults == ("answers.yml: expected the keys ['answers'], found ['replies']",)


@pytest.mark.parametrize("content", ["", "- a list", "just words"])
def test_a_file_that_is_no_mapping_is_refused(policy_copy: Path, content: str) -> None:
    (policy_copy / "answers.yml").write_text(content, encoding="utf-8")
    with pytest.raises(PolicyError, match=r"answers\.yml: expected a mapping, found"):
        load_all(policy_copy)


def test_a_section_that_is_no_mapping_is_refused(policy_copy: Path) -> None:
    (policy_copy / "answers.yml").write_text("answers: [a]", encoding="utf-8")
    with pytest.raises(PolicyError, match=r"answers\.yml: expected a mapping of ids to entries, found list"):
        load_all(policy_copy)


def test_a_missing_file_is_named(policy_copy: Path) -> None:
    (policy_copy / "answers.yml").unlink()
    with pytest.raises(PolicyError, match=r"answers\.yml: cannot be read \(No such file or directory\)"):
        load_all(policy_copy)


def test_a_file_that_is_not_utf_8_is_named(policy_copy: Path) -> None:
    (policy_copy / "answers.yml").write_bytes("answers: {é: []}".encode("latin-1"))
    with pytest.raises(PolicyError, match=r"answers\.yml: is not UTF-8 \(byte 10\)"):
        load_all(policy_copy)
