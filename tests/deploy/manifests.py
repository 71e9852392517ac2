"""What lies in deploy/, read once for all tests."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from bot.channels.kind import kinds
from bot.settings import ROOT, Settings

DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
UID = 10001
# Read by Python and by the libraries, not by the guide.
_OF_OTHERS = {"HOME", "PATH", "MPLCONFIGDIR", "RASA_TELEMETRY_ENABLED", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
SECRET = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "METRICS_TOKEN"}

Thing = dict[str, Any]


@cache
def objects() -> dict[str, Thing]:
    """Every Kubernetes object, by its kind in lower case; there is one of each."""
    files = sorted(file for file in KUBERNETES.glob("*.yaml") if file.name != "kustomization.yaml")
    found = [thing for file in files for thing in yaml.safe_load_all(file.read_text(encoding="utf-8"))]
    assert len({thing["kind"] for thing in found}) == len(found)
    return {thing["kind"].lower(): thing for thing in found}


def pods() -> list[Thing]:
    """The pods' specifications: the guide's and the migration's."""
    return [objects()[kind]["spec"]["template"]["spec"] for kind in ("deployment", "job")]


@cache
def settings() -> frozenset[str]:
    """The names of every setting, the channels' too, and of those that may stand in files."""
    names = {field.name.upper() for field in msgspec.structs.fields(Settings)} - {"ENVIRONMENT"}
    names |= {name.upper() for kind in kinds() for name in kind.names()}
    return frozenset(names | {f"{name}_FILE" for name in names} | _OF_OTHERS)


@cache
def routes() -> frozenset[str]:
    """The addresses that probes may ask."""
    from bot.channels.web.routes import ROUTES

    return frozenset(route.path for route in ROUTES)


def text(name: str) -> str:
    """A file of deploy/."""
    return Path(DEPLOY / name).read_text(encoding="utf-8")
