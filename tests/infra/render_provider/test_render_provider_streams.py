from __future__ import annotations

from typing import Any

import pytest
from provider_harness import Harness
from render_account import OWNER, Fault, RenderAccount

from infra.render_provider.errors import RenderProviderError
from infra.render_provider.values import plain_map

LOGS = "render:index:LogStream"
METRICS = "render:index:MetricsStream"


def _logs(**changed: Any) -> dict[str, Any]:
    return {"ownerId": OWNER, "endpoint": "newrelic.syslog.nr-data.net:6514", "token": "seededLogToken"} | changed


def _metrics(**changed: Any) -> dict[str, Any]:
    url = "https://otlp.nr-data.net"
    return {"ownerId": OWNER, "provider": "NEW_RELIC", "url": url, "token": "seededMetricsToken"} | changed


def test_a_stream_is_set_and_its_token_secret(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(METRICS, _metrics())
    (put,) = account.made("PUT", f"/metrics-stream/{OWNER}")
    assert put.body == {"provider": "NEW_RELIC", "url": "https://otlp.nr-data.net", "token": "seededMetricsToken"}
    assert made.properties["token"].is_secret
    assert made.object_id == OWNER


def test_a_changed_token_is_a_change_and_is_sent(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(LOGS, _logs())
    assert list(harness.diff(made, _logs(token="seededRotated")).detailed_diff) == ["token"]
    harness.update(made, _logs(token="seededRotated"))
    assert account.only("log-streams")["_token"] == "seededRotated"


def test_refresh_keeps_the_token_that_render_never_tells(harness: Harness) -> None:
    made = harness.create(LOGS, _logs())
    assert plain_map(harness.read(made).properties) == made.plain


def test_a_stream_to_somewhere_else_is_never_overwritten_by_a_create(harness: Harness, account: RenderAccount) -> None:
    account.objects["log-streams"][OWNER] = {"ownerId": OWNER, "endpoint": "logs.other.example:6514", "preview": "drop"}
    with pytest.raises(RenderProviderError, match=r"already has a log stream, to logs.other.example:6514; it was left"):
        harness.create(LOGS, _logs())
    assert account.made("PUT", ".*") == []


def test_a_stream_set_by_an_interrupted_run_is_adopted(harness: Harness) -> None:
    harness.create(LOGS, _logs())
    harness.restart()
    harness.create(LOGS, _logs())
    assert harness.messages == [f"adopted: the log stream of {OWNER} was set by an interrupted run"]


def test_a_stream_that_now_goes_elsewhere_is_not_deleted(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(LOGS, _logs())
    account.only("log-streams")["endpoint"] = "logs.other.example:6514"
    with pytest.raises(RenderProviderError, match=r"now goes to logs.other.example:6514, not to newrelic.syslog"):
        harness.delete(made)


def test_delete_removes_our_stream_even_when_the_first_answer_is_lost(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(METRICS, _metrics())
    account.faults.append(Fault("DELETE", ".*", 0, after_work=True))
    harness.delete(made)
    assert account.objects["log-streams"] == {}


def test_refresh_of_a_removed_stream_says_it_is_gone(harness: Harness, account: RenderAccount) -> None:
    made = harness.create(LOGS, _logs())
    account.objects["log-streams"].clear()
    assert harness.read(made).resource_id is None


def test_deleting_one_stream_of_a_workspace_leaves_the_other(harness: Harness, account: RenderAccount) -> None:
    logs, _ = harness.create(LOGS, _logs()), harness.create(METRICS, _metrics())
    harness.delete(logs)
    assert len(account.made("DELETE", f"/logs/streams/owner/{OWNER}")) == 1
    assert not account.made("DELETE", f"/metrics-stream/{OWNER}")
