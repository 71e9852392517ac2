from pathlib import Path

from click.testing import CliRunner

from bot.cli import main


def test_a_sound_policy_is_counted() -> None:
    result = CliRunner().invoke(main, ["policy", "check"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "policy is sound"
    assert result.stdout.splitlines()[0].startswith("sources.yml")


def test_every_fault_is_a_line_on_standard_error(policy_copy: Path) -> None:
    rules = policy_copy / "rules.yml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("us_bound: {from: 2023-01-25,", "us_bound: {to: 2023-01-25,"), encoding="utf-8")
    (policy_copy / "answers.yml").unlink()
    result = CliRunner().invoke(main, ["policy", "check", "--folder", str(policy_copy)])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "rules.yml: us_bound: `from` is missing",
        "answers.yml: cannot be read (No such file or directory); it is part of the policy",
    ]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["policy", "check", "--folder", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "does not exist" in result.stderr
