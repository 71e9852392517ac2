"""The dashboard and the alerts ask for metrics that there are."""

import json
import re
from collections.abc import Iterator

import yaml

from bot.conversations.counting import SENDERS
from bot.conversations.event_names import ALL
from bot.conversations.outbox.standing import Standing as Outbox
from bot.conversations.queues import QueueLength
from bot.http.standing import _answered, _of_outbox, _of_queues
from bot.metrics.exposition import exposition
from tests.deploy.manifests import DEPLOY, routes, text
from tests.record.scripted import NOON

_FUNCTIONS = re.compile(r"\b(?:guide|process|python)_\w+|\bup\b")


def exposed() -> set[str]:
    """The names of all series, those of labelled metrics too that have no value yet."""
    queues = _of_queues([QueueLength("waiting", 1, NOON)], NOON)
    outbox = _of_outbox(Outbox({("sms", "dead"): 1}, {"sms": 2.0}))
    shown = exposition([*queues, *outbox, _answered(True)]).decode()
    kinds = re.findall(r"^# TYPE (\w+) (\w+)$", shown, flags=re.MULTILINE)
    names = {name for name, _ in kinds} | {"up"}
    for name, kind in kinds:
        if kind == "histogram":
            names |= {f"{name}_{part}" for part in ("bucket", "count", "sum")}
    return names


def queries() -> Iterator[str]:
    for panel in json.loads(text("grafana/dashboard.json"))["panels"]:
        yield from (target["expr"] for target in panel.get("targets", ()))
    for group in yaml.safe_load(text("alerts.yml"))["groups"]:
        yield from (rule["expr"] for rule in group["rules"])


def test_every_metric_asked_for_is_exposed_and_every_one_exposed_is_shown() -> None:
    asked = {name for query in queries() for name in _FUNCTIONS.findall(query)}
    assert asked <= exposed()
    shown = {re.sub(r"_(?:bucket|count|sum)$", "", name) for name in asked}
    families = {re.sub(r"_(?:bucket|count|sum)$", "", name) for name in exposed()}
    assert families == shown


def test_labels_asked_for_have_values_that_there_are() -> None:
    known = {
        "sender": SENDERS,
        "event": ALL,
        "queue": {"waiting", "unassigned", "human", "snoozed", "unanswered", "owed"},
        "state": {"due", "sending", "failed", "dead"},
    }
    for query in queries():
        for label, operator, value in re.findall(r'(\w+)(!?=~?)"([^"]*)"', query):
            if label in known:
                values = value.split("|") if "~" in operator else [value]
                assert set(values) <= set(known[label]), query


def test_panels_do_not_overlap_and_have_names_of_their_own() -> None:
    panels = json.loads(text("grafana/dashboard.json"))["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    taken = [
        (x, y)
        for place in (panel["gridPos"] for panel in panels)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(set(taken)) == len(taken)


def test_prometheus_asks_where_the_guide_answers_and_alerts_say_what_to_do() -> None:
    asks = yaml.safe_load(text("prometheus.yml"))
    (job,) = asks["scrape_configs"]
    assert job["metrics_path"] == "/metrics" and "/metrics" in routes()
    assert "credentials_file" in job["authorization"] and "credentials" not in job["authorization"]
    assert all((DEPLOY / name).is_file() for name in asks["rule_files"])
    for group in yaml.safe_load(text("alerts.yml"))["groups"]:
        for rule in group["rules"]:
            assert rule["labels"]["severity"] in {"page", "ticket"} and rule["annotations"]["description"], rule[
                "alert"
            ]
