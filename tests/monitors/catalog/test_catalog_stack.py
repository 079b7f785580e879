"""The whole stacks: the same shape in both environments, quick to build, tagged, and known by name."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from catalog_cases import channels_of

from monitors.catalog import STACKS, stack
from monitors.spec import (
    PagerDutyDestination,
    Severity,
    SpecError,
    Stack,
    WebhookChannel,
    WebhookDestination,
)


def parts(spec: Stack) -> Iterator[tuple[str, list[str]]]:
    """Yield every list of a stack's specs that have keys, by its name, with the keys in their order."""
    for half in (spec.platform, spec.observability, spec.response):
        for field in type(half).model_fields:
            held = getattr(half, field)
            if isinstance(held, tuple):
                yield field, [one.key for one in held]


def test_staging_and_prod_have_the_same_keys_but_for_the_workspaces_streams() -> None:
    staging, prod = dict(parts(stack("staging"))), dict(parts(stack("prod")))
    streams = {"log_streams", "metrics_streams"}
    assert {name: keys for name, keys in staging.items() if name not in streams} == {
        name: keys for name, keys in prod.items() if name not in streams
    }
    assert len(staging) > 15


def test_staging_and_prod_have_the_same_conditions() -> None:
    assert [one.key for one in stack("staging").observability.conditions] == [
        one.key for one in stack("prod").observability.conditions
    ]


def test_both_stacks_are_built_within_a_second() -> None:
    build = stack.__wrapped__  # without the cache
    began = time.perf_counter()
    for name in STACKS:
        build(name)
    assert time.perf_counter() - began < 1


def test_an_unknown_stack_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SpecError, match=r'^there is no stack "production"; the catalogue has staging and prod\.$'):
        stack("production")


@pytest.mark.parametrize("name", STACKS)
def test_everything_is_tagged_with_owner_service_environment_and_what_manages_it(name: str) -> None:
    assert stack(name).tags == {
        "team": "ai",
        "service": "legal-platform",
        "env": name,
        "managed-by": "pulumi-legal-platform",
    }


def test_settings_are_those_of_the_stack_files() -> None:
    shared = {
        *("alertEmails", "reportEmails", "slackDestinationId", "slackAlertChannelId", "publicUrl"),
        *("webImage", "aiServiceImage", "anthropicApiKey", "xaiApiKey", "newRelicLicenseKey", "sentryDsn"),
        *("serviceTokenSecret", "rollbackToken"),
    }
    assert {one.name for one in stack("staging").settings} == shared
    assert {one.name for one in stack("prod").settings} == shared | {"logStreamEndpoint", "metricsStreamUrl"}


def test_no_name_is_used_twice_in_an_account_that_both_stacks_share() -> None:
    for half in ("policies", "workflows", "dashboards", "monitors", "muting_rules", "service_levels"):
        named = [one.name for name in STACKS for one in getattr(stack(name).observability, half)]
        assert len(named) == len(set(named)), half
    for half in ("teams", "schedules", "escalation_policies", "services", "orchestrations", "incident_workflows"):
        named = [one.name for name in STACKS for one in getattr(stack(name).response, half)]
        assert len(named) == len(set(named)), half


@pytest.mark.parametrize("name", STACKS)
def test_each_pagerduty_service_is_reached_through_a_new_relic_integration_of_its_own(name: str) -> None:
    spec = stack(name)
    service_of = {one.key: one.service for one in spec.response.integrations if one.kind == "new_relic"}
    used = [one.integration for one in spec.observability.destinations if isinstance(one, PagerDutyDestination)]
    assert sorted(service_of[key] for key in used) == sorted(one.key for one in spec.response.services)


@pytest.mark.parametrize("name", STACKS)
def test_no_service_resolves_an_incident_that_its_monitor_has_not_closed(name: str) -> None:
    assert {one.auto_resolve_seconds for one in stack(name).response.services} == {None}


@pytest.mark.parametrize("name", STACKS)
def test_the_rollback_is_asked_of_the_web_service_with_a_secret_token(name: str) -> None:
    seen = stack(name).observability
    asked = {
        channel.destination
        for one in seen.conditions
        for channel in channels_of(stack(name), one)
        if isinstance(channel, WebhookChannel)
    }
    (hook,) = (one for one in seen.destinations if one.key in asked)
    assert isinstance(hook, WebhookDestination)
    assert (hook.base_url.name, hook.path) == ("publicUrl", "/hooks/rollback")
    assert (hook.token.name, hook.token.secret) == ("rollbackToken", True)


@pytest.mark.parametrize("name", STACKS)
def test_a_page_carries_its_runbook_and_its_severity(name: str) -> None:
    channels = [one for workflow in stack(name).observability.workflows for one in workflow.channels]
    pages = [one for one in channels if one.LABEL == "PagerDuty channel"]
    assert len(pages) == 3
    for page in pages:
        details = dict(getattr(page, "details"))  # noqa: B009  # the union has no common field of that name
        assert details["runbook"] == "{{json accumulations.runbookUrl}}"
        assert details["severity"] in {Severity.SEV1, Severity.SEV2}


@pytest.mark.parametrize("name", STACKS)
def test_the_deploy_window_never_silences_a_page(name: str) -> None:
    seen = stack(name).observability
    silenced = {key for rule in seen.muting_rules for key in rule.policies}
    assert silenced
    pages = {one.key for one in seen.policies if any(condition.severity.pages for condition in one.conditions)}
    assert not silenced & pages


@pytest.mark.parametrize("name", STACKS)
def test_the_web_service_is_asked_every_minute_from_three_places_and_its_certificate_is_watched(name: str) -> None:
    ping, certificate = stack(name).observability.monitors
    assert (ping.LABEL, ping.period, len(ping.locations), getattr(ping, "path", "")) == (
        "ping monitor",
        "EVERY_MINUTE",
        3,
        "/health",
    )
    assert certificate.LABEL == "certificate monitor"


@pytest.mark.parametrize("name", STACKS)
def test_debug_logs_are_dropped_and_only_those_of_the_own_environment(name: str) -> None:
    (rule,) = (one for one in stack(name).observability.data_rules if one.LABEL == "drop rule")
    services = {"staging": "'legal-platform-ai-service-staging', 'legal-platform-web-staging'"}
    wanted = services.get(name, "'legal-platform-ai-service', 'legal-platform-web'")
    assert getattr(rule, "statement", "") == f"DELETE FROM Log WHERE service IN ({wanted}) AND level = 'debug'"
