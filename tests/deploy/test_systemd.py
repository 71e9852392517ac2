"""The systemd unit: by systemd itself where it is on the machine, and its promises by name."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.workers.child import END_SECONDS
from tests.deploy.manifests import DEPLOY, settings, text

UNIT = "systemd/nexus-guide.service"
HARDENED = {
    "NoNewPrivileges": "true",
    "ProtectSystem": "strict",
    "ProtectHome": "true",
    "PrivateTmp": "true",
    "PrivateDevices": "true",
    "ProtectKernelModules": "true",
    "ProtectKernelTunables": "true",
    "ProtectControlGroups": "true",
    "RestrictSUIDSGID": "true",
    "RestrictNamespaces": "true",
    "CapabilityBoundingSet": "",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
}


def directives() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^([A-Za-z]+)=(.*)$", text(UNIT), flags=re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_finds_no_fault_in_it(tmp_path: Path) -> None:
    # The program itself is installed on no machine that tests.
    unit = tmp_path / "nexus-guide.service"
    unit.write_text(text(UNIT).replace("/opt/nexus-guide/.venv/bin/nexus-guide", "/bin/true"), encoding="utf-8")
    found = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(unit)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    faults = [line for line in found.stderr.splitlines() if "nexus-guide" in line]
    assert not faults


def test_is_hardened() -> None:
    found = directives()
    assert {name: found[name][-1] for name in HARDENED} == HARDENED
    assert found["User"] != ["root"]


def test_migrates_before_it_starts_and_has_time_to_finish() -> None:
    found = directives()
    assert found["ExecStartPre"][0].endswith("nexus-guide migrate") and found["ExecStart"][0].endswith("nexus-guide up")
    assert found["ExecReload"] == ["/bin/kill -HUP $MAINPID"]
    assert found["Restart"] == ["always"], "after SIGHUP a process by itself has ended without a fault"
    assert found["KillMode"] == ["mixed"] and int(found["TimeoutStopSec"][0]) > END_SECONDS


def test_every_variable_is_a_setting_and_the_key_is_a_credential() -> None:
    named = set(re.findall(r"([A-Z][A-Z_]+)=", " ".join(directives()["Environment"])))
    assert named <= settings()
    assert directives()["LoadCredential"] == ["secret_key:/etc/nexus-guide/secret_key"]
    assert "SECRET_KEY=" not in text(UNIT)
    assert (DEPLOY / UNIT).is_file()
