"""`nexus-guide staff …` as it is typed."""

import pytest
from click.testing import CliRunner, Result

from bot.cli import main


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SECRET_KEY", "a key for tests")


def _typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["staff", *words])


def test_an_account_from_its_making_to_its_end() -> None:
    added = _typed("add", "marie@example.org", "--name", "Marie Roy", "--role", "supervisor", "--language", "fr")
    assert added.exit_code == 0
    assert added.output.startswith("added: marie@example.org\none-time password: ")
    shown = added.output.split("one-time password: ")[1].split()[0]
    listed = _typed("list")
    expected = "marie@example.org\tMarie Roy\tsupervisor\tfr\tpassword only\tpassword to be changed\n"
    assert listed.output == expected
    assert shown not in _typed("reset", "marie@example.org", "--second-factor").output
    assert _typed("disable", "marie@example.org").output == "disabled: marie@example.org\n"
    assert "disabled" in _typed("list").output
    assert _typed("enable", "marie@example.org").output == "enabled: marie@example.org\n"


def test_what_cannot_be_done_is_said_in_one_sentence() -> None:
    refused = _typed("disable", "nobody@example.org")
    assert refused.exit_code == 1
    assert refused.stderr == "nobody@example.org has no account; run nexus-guide staff list to see who has one\n"
    assert _typed("add", "marie@example.org").exit_code == 2
    assert _typed("add", "marie@example.org", "--name", "M", "--role", "king").exit_code == 2
    assert "there is no account yet" in _typed("list").stderr


def test_no_password_can_be_given_on_the_command_line() -> None:
    for command in ("add", "reset"):
        shown = _typed(command, "--help").output
        assert "--password" not in shown
    added = _typed("add", "marie@example.org", "--name", "Marie", "--no-password")
    assert added.output == "added: marie@example.org\n"
