"""The Kubernetes manifests, checked offline."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from jsonschema import Draft7Validator, RefResolver

from bot.up_command import _FINISH_SECONDS
from bot.workers.child import END_SECONDS
from tests.deploy.manifests import KUBERNETES, SECRET, UID, objects, pods, routes, settings

VERSION = "1.33.0"
SCHEMAS = Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema" / f"v{VERSION}-local-strict"


@pytest.mark.parametrize("kind", sorted(objects()))
def test_is_valid_against_its_schema(kind: str) -> None:
    # Its schemas only: its own validator needs a newer jsonschema than Rasa allows.
    thing = objects()[kind]
    group, _, version = thing["apiVersion"].rpartition("/")
    name = "-".join(part for part in (kind, group.partition(".")[0], version) if part)
    validator = validator_of(name)
    assert not [f"{'.'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(thing)]


def validator_of(name: str) -> Draft7Validator:
    resolver = RefResolver("", {}, store={"_definitions.json": read("_definitions")})
    return Draft7Validator(read(name), resolver=resolver)


@cache
def read(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return schema


def test_a_field_that_there_is_not_is_found() -> None:
    wrong = {**objects()["service"], "spec": {**objects()["service"]["spec"], "port": 80}}
    assert not validator_of("service-v1").is_valid(wrong)


def test_kustomize_names_every_file() -> None:
    named = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text(encoding="utf-8"))["resources"]
    assert sorted([*named, "kustomization.yaml"]) == sorted(file.name for file in KUBERNETES.iterdir())


def test_runs_as_nobody_in_particular_and_writes_nowhere_but_where_it_must() -> None:
    for pod in pods():
        secure = pod["securityContext"]
        assert secure["runAsNonRoot"] is True and secure["runAsUser"] == secure["runAsGroup"] == UID
        assert secure["seccompProfile"] == {"type": "RuntimeDefault"}
        (container,) = pod["containers"]
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        mounted = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
        assert mounted == {"data": "/data", "tmp": "/tmp"}
        assert all("sizeLimit" in volume["emptyDir"] for volume in pod["volumes"])
        assert "memory" in container["resources"]["limits"] and "cpu" in container["resources"]["requests"]


def test_has_no_token_of_the_cluster() -> None:
    account = objects()["serviceaccount"]
    assert account["automountServiceAccountToken"] is False
    for pod in pods():
        assert pod["automountServiceAccountToken"] is False
        assert pod["serviceAccountName"] == account["metadata"]["name"]


def test_secrets_are_given_by_reference_only() -> None:
    assert "secret" not in objects()
    assert not SECRET & set(objects()["configmap"]["data"])
    for pod in pods():
        for variable in pod["containers"][0]["env"]:
            assert set(variable) == {"name", "valueFrom"} and set(variable["valueFrom"]) == {"secretKeyRef"}
    assert {variable["name"] for variable in pods()[0]["containers"][0]["env"]} == SECRET


def test_every_variable_is_a_setting() -> None:
    named = set(objects()["configmap"]["data"])
    named |= {variable["name"] for pod in pods() for variable in pod["containers"][0]["env"]}
    assert named <= settings()


def test_probes_ask_for_addresses_that_there_are() -> None:
    (guide,) = pods()[0]["containers"]
    (port,) = guide["ports"]
    asked = {probe: guide[f"{probe}Probe"]["httpGet"] for probe in ("startup", "liveness", "readiness")}
    assert {each["path"] for each in asked.values()} <= routes()
    assert {each["port"] for each in asked.values()} == {port["name"]}
    assert asked["liveness"]["path"] == "/healthz", "a guide without its database must not be killed for it"
    assert asked["readiness"]["path"] == "/readyz"
    (served,) = objects()["service"]["spec"]["ports"]
    assert served["targetPort"] == port["name"]


def test_there_is_time_to_finish_what_is_in_flight() -> None:
    pod = pods()[0]
    sleep = float(pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
    assert pod["terminationGracePeriodSeconds"] >= sleep + max(_FINISH_SECONDS, END_SECONDS)


def test_all_are_about_the_same_pods() -> None:
    deployment = objects()["deployment"]
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    name = deployment["metadata"]["name"]
    assert deployment["spec"]["selector"]["matchLabels"] == labels
    assert objects()["service"]["spec"]["selector"] == labels
    assert objects()["poddisruptionbudget"]["spec"]["selector"]["matchLabels"] == labels
    assert {each["labelSelector"]["matchLabels"] == labels for each in spread()} == {True}
    target = objects()["horizontalpodautoscaler"]["spec"]["scaleTargetRef"]
    assert target == {"apiVersion": "apps/v1", "kind": "Deployment", "name": name}
    assert "replicas" not in deployment["spec"], "the autoscaler's number would be undone by every apply"
    assert objects()["networkpolicy"]["spec"]["podSelector"]["matchLabels"].items() <= labels.items()
    assert objects()["horizontalpodautoscaler"]["spec"]["minReplicas"] >= 2
    backend = objects()["ingress"]["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend["name"] == objects()["service"]["metadata"]["name"]


def spread() -> list[dict[str, dict[str, object]]]:
    constraints: list[dict[str, dict[str, object]]] = pods()[0]["topologySpreadConstraints"]
    return constraints


def test_a_rollout_never_has_fewer_guides_than_before() -> None:
    assert objects()["deployment"]["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert pods()[1]["containers"][0]["args"] == ["migrate"]


def test_the_network_lets_through_what_is_needed_and_no_more() -> None:
    policy = objects()["networkpolicy"]["spec"]
    assert sorted(policy["policyTypes"]) == ["Egress", "Ingress"]
    assert all(rule.get("from") and rule.get("ports") for rule in policy["ingress"])
    assert all(rule.get("to") and rule.get("ports") for rule in policy["egress"])
    ports = {port["port"] for rule in policy["egress"] for port in rule["ports"]}
    assert ports == {53, 443, 4318, 5432, 6379}
    (anywhere,) = [to["ipBlock"] for rule in policy["egress"] for to in rule["to"] if "ipBlock" in to]
    assert {"10.0.0.0/8", "169.254.0.0/16"} <= set(anywhere["except"])
