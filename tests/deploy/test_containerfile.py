"""The container file's promises, parsed."""

import json
import re

from bot.settings import ROOT
from tests.deploy.manifests import SECRET, UID, routes, settings, text


def instructions() -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text("Containerfile"), flags=re.MULTILINE))
    lines = [line.strip() for line in joined.splitlines() if line.strip()]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def of(word: str) -> list[str]:
    return [rest for instruction, rest in instructions() if instruction == word]


def final() -> list[tuple[str, str]]:
    every = instructions()
    last = max(place for place, (word, _) in enumerate(every) if word == "FROM")
    return every[last:]


def test_has_two_stages_on_one_pinned_base() -> None:
    assert [each.split()[0] for each in of("FROM")] == ["${PYTHON_IMAGE}"] * 2
    (base,) = of("ARG")
    assert re.fullmatch(r"PYTHON_IMAGE=python:3\.11[\w.-]*", base)


def test_runs_as_a_number_that_is_not_root() -> None:
    assert [rest for word, rest in final() if word == "USER"] == [f"{UID}:{UID}"]
    assert final()[-1][0] == "CMD"


def test_starts_the_guide_without_a_shell_and_is_stopped_by_sigterm() -> None:
    assert [*json.loads(of("ENTRYPOINT")[0]), *json.loads(of("CMD")[0])] == ["nexus-guide", "up"]
    assert of("STOPSIGNAL") == ["SIGTERM"]


def test_asks_itself_whether_it_is_ready_with_what_python_brings() -> None:
    (check,) = of("HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])
    assert command[:2] == ["python", "-c"]
    assert "import os, urllib.request" in command[2]
    assert "/readyz" in command[2] and "/readyz" in routes()
    compile(command[2], "HEALTHCHECK", "exec")


def test_installs_what_the_lock_names_and_nothing_else() -> None:
    installs = [each for each in of("RUN") if "pip" in each]
    assert any("pip sync" in each and "--require-hashes" in each and "requirements.lock" in each for each in installs)
    assert any("--no-deps --no-build-isolation -e ." in each and "nexus-guide train" in each for each in installs)
    assert not re.search(r"index-url|https?://(?!127\.0\.0\.1)", text("Containerfile"))


def test_what_is_copied_is_there_and_goes_to_the_builder() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="ascii").splitlines()
    assert "*" in ignored
    sources = [each for rest in of("COPY") if not rest.startswith("--from") for each in rest.split()[:-1]]
    assert {f"!{source}" for source in sources} == {line for line in ignored if line.startswith("!")}
    assert all((ROOT / source).exists() for source in sources)


def test_holds_no_secret_and_only_settings() -> None:
    named = set(re.findall(r"([A-Z][A-Z_]+)=", " ".join(rest for word, rest in final() if word == "ENV")))
    assert named <= settings()
    assert not named & SECRET
    # Training reads the settings, which would leave a key in the image.
    (train,) = [each for each in of("RUN") if "nexus-guide train" in each]
    assert "DATA_DIR=/tmp/build .venv/bin/nexus-guide train" in train and "/tmp/build" in train.partition("rm -rf")[2]
