"""compose.yml, parsed."""

from typing import Any

import yaml

from bot.settings import ROOT
from bot.workers.child import END_SECONDS
from tests.deploy.manifests import DEPLOY, SECRET, routes, settings, text


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text("compose.yml"))
    return found


def test_every_service_is_hardened() -> None:
    for name, service in compose()["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "privileged" not in service and "cap_add" not in service, name


def test_services_that_stay_say_whether_they_are_well() -> None:
    services = compose()["services"]
    assert {name for name, each in services.items() if "healthcheck" in each} == set(services) - {"migrate"}
    assert any("/readyz" in part for part in services["guide"]["healthcheck"]["test"]) and "/readyz" in routes()


def test_the_database_is_brought_up_to_date_once_before_any_guide_starts() -> None:
    services = compose()["services"]
    assert services["migrate"]["command"] == ["migrate"] and services["migrate"]["restart"] == "no"
    assert services["guide"]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"},
        "postgres": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
    }
    assert services["guide"]["deploy"]["replicas"] >= 2


def test_secrets_come_from_files_that_are_in_no_repository() -> None:
    described = compose()
    ignored = (ROOT / ".gitignore").read_text(encoding="ascii").splitlines()
    assert {"deploy/secrets/", "deploy/channels.env"} <= set(ignored)
    for secret in described["secrets"].values():
        assert secret["file"].startswith("secrets/")
    guide = described["services"]["guide"]
    assert not (SECRET - {"REDIS_URL"}) & set(guide["environment"])
    assert {f"/run/secrets/{name}" for name in guide["secrets"]} == {
        value for name, value in guide["environment"].items() if name.endswith("_FILE")
    }


def test_every_variable_is_a_setting_and_every_name_is_defined() -> None:
    described = compose()
    assert set(described["services"]["guide"]["environment"]) <= settings()
    for service in described["services"].values():
        assert set(service["networks"]) <= set(described["networks"])
        assert {volume.partition(":")[0] for volume in service.get("volumes", ())} <= set(described["volumes"])
        assert set(service.get("secrets", ())) <= set(described["secrets"])
        if "build" in service:
            assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()


def test_only_the_guide_is_reached_from_outside_and_has_time_to_finish() -> None:
    services = compose()["services"]
    assert [name for name, each in services.items() if "ports" in each] == ["guide"]
    assert all(port.startswith("127.0.0.1:") for port in services["guide"]["ports"])
    assert compose()["networks"]["inside"]["internal"] is True
    assert services["postgres"]["networks"] == services["redis"]["networks"] == ["inside"]
    assert int(services["guide"]["stop_grace_period"].removesuffix("s")) > END_SECONDS
