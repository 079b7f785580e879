"""What runs on Render: the product's table for prod, the same shape and smaller for staging."""

from __future__ import annotations

import pytest

from monitors.catalog import STACKS, stack
from monitors.spec import Autoscaling, EnvVar, Platform, ServiceAddress, StoreAddress


def platform(name: str) -> Platform:
    """Return a stack's platform."""
    return stack(name).platform


def variables(name: str, service: str) -> dict[str, EnvVar]:
    """Return everything a service is told, its groups' variables included, by name."""
    where = platform(name)
    (found,) = (one for one in (*where.web_services, *where.private_services) if one.key == service)
    groups = [group for group in where.groups if group.key in found.groups]
    return {one.name: one for one in (*found.variables, *(one for group in groups for one in group.variables))}


def test_prod_has_the_web_service_of_the_table() -> None:
    (web,) = platform("prod").web_services
    assert (web.name, web.plan, web.region, web.instances) == ("legal-platform-web", "standard", "oregon", 2)
    assert web.autoscaling == Autoscaling(least=2, most=10, cpu_percent=70, memory_percent=80)
    assert web.health_check_path == "/health"


def test_prod_has_the_private_service_of_the_table() -> None:
    (ai,) = platform("prod").private_services
    assert (ai.name, ai.plan, ai.region, ai.instances) == ("legal-platform-ai-service", "standard", "oregon", 1)


def test_prod_has_the_stores_of_the_table() -> None:
    (postgres,), (cache,) = platform("prod").postgres, platform("prod").key_values
    # basic_1gb is the current plan with 1 GB of memory; daily backups are kept 7 days on every paid plan.
    assert (postgres.version, postgres.plan, postgres.disk_gigabytes) == ("16", "basic_1gb", 25)
    assert (cache.plan, cache.eviction, cache.region) == ("starter", "allkeys_lru", "oregon")


@pytest.mark.parametrize("name", STACKS)
def test_skills_are_on_with_the_betas_the_product_is_built_on(name: str) -> None:
    told = variables(name, "ai-service")
    assert told["ANTHROPIC_SKILLS_ENABLED"].value == "true"
    assert told["ANTHROPIC_SKILLS_BETA_VERSION"].value == "skills-2025-10-02"
    assert told["ANTHROPIC_CODE_EXECUTION_BETA_VERSION"].value == "code-execution-2025-08-25"
    assert told["ENVIRONMENT"].value == name


@pytest.mark.parametrize("name", STACKS)
def test_both_services_find_the_stores_and_the_web_service_finds_the_ai_service(name: str) -> None:
    for service in ("web", "ai-service"):
        told = variables(name, service)
        assert told["DATABASE_URL"].value == StoreAddress(store="postgres")
        assert told["REDIS_URL"].value == StoreAddress(store="cache")
    assert variables(name, "web")["AI_SERVICE_ADDRESS"].value == ServiceAddress(service="ai-service")


@pytest.mark.parametrize("name", STACKS)
def test_only_the_service_that_calls_the_vendors_holds_their_keys(name: str) -> None:
    keys = {"ANTHROPIC_API_KEY", "XAI_API_KEY"}
    assert keys <= set(variables(name, "ai-service"))
    assert not keys & set(variables(name, "web"))


@pytest.mark.parametrize("name", STACKS)
def test_every_secret_is_a_secret_setting(name: str) -> None:
    assert {one.name for one in stack(name).settings if one.secret} == {
        "anthropicApiKey",
        "xaiApiKey",
        "newRelicLicenseKey",
        "sentryDsn",
        "serviceTokenSecret",
        "rollbackToken",
    }


@pytest.mark.parametrize("name", STACKS)
def test_groups_wait_for_no_service_so_that_nothing_waits_in_a_circle(name: str) -> None:
    told = [one for group in platform(name).groups for one in group.variables]
    assert not [one.name for one in told if isinstance(one.value, ServiceAddress)]


@pytest.mark.parametrize(("name", "percentage"), [("staging", "100"), ("prod", "5")])
def test_skills_begin_with_the_first_stage_in_prod_and_with_everybody_in_staging(name: str, percentage: str) -> None:
    assert variables(name, "ai-service")["ROLLOUT_FIRST_PERCENTAGE"].value == percentage


def test_staging_is_the_same_shape_and_smaller() -> None:
    (web,), (ai,), (postgres,) = (
        platform("staging").web_services,
        platform("staging").private_services,
        platform("staging").postgres,
    )
    assert (web.plan, web.instances, web.autoscaling and web.autoscaling.most) == ("starter", 1, 2)
    assert (ai.plan, ai.instances) == ("starter", 1)
    assert (postgres.plan, postgres.disk_gigabytes) == ("basic_256mb", 5)


def test_names_of_staging_end_in_staging_and_those_of_prod_do_not() -> None:
    for name, ends in (("staging", True), ("prod", False)):
        where = platform(name)
        named = [one.name for one in (*where.web_services, *where.private_services)]
        named += [one.name for one in where.groups]
        named += [*(one.name for one in where.postgres), *(one.name for one in where.key_values)]
        assert {one.endswith("-staging") for one in named} == {ends}


def test_only_prod_makes_the_workspaces_streams() -> None:
    assert [len(platform(name).log_streams + platform(name).metrics_streams) for name in ("staging", "prod")] == [0, 2]
