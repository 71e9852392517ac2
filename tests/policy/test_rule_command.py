"""`nexus-guide rule` from outside: what it prints, where, and its status."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from bot.policy.rule_command import rule
from tests.guidance.making import EXPECTED, FOLDER, ready


def run(*arguments, text=None):
    return CliRunner().invoke(rule, list(arguments), input=text)


@pytest.mark.parametrize("name", ["kelowna_direct", "ready_from_calgary"])
def test_a_file(name):
    done = run(str(FOLDER / f"{name}.json"))

    assert done.exit_code == 0
    flight = json.loads(done.stdout)["cbp_on_next_flight"]
    assert {"verdict": flight["verdict"], "code": flight["code"]} == EXPECTED[name]


def test_standard_input_in_french():
    done = run("--lang", "fr", "-", text=json.dumps(ready()))

    ruling = json.loads(done.stdout)
    assert ruling["language"] == "fr"
    assert ruling["cbp_on_next_flight"]["text"].startswith("Oui")
    assert "é" in done.stdout


def test_an_array_gives_an_array():
    done = run("-", text=json.dumps([ready(), ready(trips=[])]))

    codes = [each["cbp_on_next_flight"]["code"] for each in json.loads(done.stdout)]
    assert codes == ["shared_and_precleared", "no_trip_known"]


def test_faults_go_to_standard_error_one_a_line_with_status_2():
    done = run("-", text=json.dumps(ready(now="soon", trips=[{"segments": [{"origin": "YVR"}]}])))

    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "now: not a date-time with offset",
        "trips[0].segments[0].destination: missing",
        "trips[0].segments[0].departs_at: missing",
    ]


@pytest.mark.parametrize("text", [b"", b"\xff", b"[", b"{" * 5000, b"nonsense", b"null", b'[{"now":1}]'])
def test_bad_input_never_ends_in_a_traceback(text):
    done = run("-", text=text)

    assert done.exit_code == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_missing_file_is_said():
    done = run("no-such-file.json")

    assert done.exit_code == 2
    assert "no-such-file.json" in done.stderr


def test_it_starts_without_loading_rasa():
    check = "import sys; sys.argv=['x', sys.argv[1]]\nfrom bot.policy.rule_command import rule\n"
    check += "rule(standalone_mode=False)\nassert not {'rasa', 'sqlalchemy', 'aiohttp'} & set(sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", check, str(FOLDER / "anonymous.json")], capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr
