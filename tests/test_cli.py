import subprocess
import sys

from click.testing import CliRunner

from bot.cli import COMMANDS, main


def test_help_lists_every_command_with_what_it_does() -> None:
    shown = CliRunner().invoke(main, ["--help"])
    assert shown.exit_code == 0
    for name in COMMANDS:
        assert name in shown.output


def test_an_unknown_command_is_refused() -> None:
    shown = CliRunner().invoke(main, ["fly"])
    assert shown.exit_code == 2
    assert "No such command 'fly'" in shown.output


def test_help_imports_nothing_slow() -> None:
    program = (
        "import sys; from click.testing import CliRunner; from bot.cli import main; "
        "CliRunner().invoke(main, ['--help']); "
        "print([name for name in ('rasa', 'sqlalchemy', 'aiohttp', 'tensorflow') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
