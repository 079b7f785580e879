"""What a stack's parts have to agree on: names vendors want once, New Relic's integration, one region, no circle."""

from __future__ import annotations

from typing import Any

import pytest
from spec_builders import (
    drop_rule,
    env_var,
    environment_group,
    escalation_policy,
    integration,
    key_value,
    log_partition,
    observability,
    orchestration,
    pagerduty_destination,
    platform,
    postgres,
    private_service,
    response,
    service,
    stack,
    team,
    web_service,
    workflow,
)
from spec_refusals import refusal

from monitors.spec import EnvVar, Observability, Platform, Response, ServiceAddress, StoreAddress


def address_of(key: str) -> EnvVar:
    return env_var(name="OTHER_ADDRESS", value=ServiceAddress(service=key))


OTHER = {"key": "other"}
SAME_NAME = [
    ("workflow", observability(workflows=(workflow(), workflow(**OTHER)))),
    ("drop rule", observability(data_rules=(drop_rule(), drop_rule(**OTHER)))),
    ("team", response(teams=(team(), team(**OTHER)))),
    ("escalation policy", response(escalation_policies=(escalation_policy(), escalation_policy(**OTHER)))),
    ("PagerDuty service", response(services=(service(), service(**OTHER)))),
    ("service", platform(web_services=(web_service(),), private_services=(private_service(name="web"),))),
    ("environment group", platform(groups=(environment_group(), environment_group(**OTHER)))),
    ("Postgres database", platform(postgres=(postgres(), postgres(**OTHER)))),
    ("key-value store", platform(key_values=(key_value(), key_value(**OTHER)))),
]


@pytest.mark.parametrize(("what", "part"), SAME_NAME, ids=[what for what, _ in SAME_NAME])
def test_a_name_that_the_vendor_wants_once_is_refused_when_it_is_used_twice(
    what: str, part: Observability | Response | Platform
) -> None:
    message = refusal(stack, **{part.LABEL: part})
    assert message.startswith(f'stack "prod": {what} name "')
    assert message.endswith('" is used twice; give one of them another name.')


def test_a_log_partition_and_a_drop_rule_share_no_names() -> None:
    rules = (drop_rule(), log_partition())
    assert stack(observability=observability(data_rules=rules)).observability.data_rules == rules


@pytest.mark.parametrize(
    "answer",
    [
        {"integrations": (integration(kind="events_api_v2"),)},
        {"integrations": (), "orchestrations": (orchestration(key="from-new-relic"),)},
    ],
    ids=["Events API", "event orchestration"],
)
def test_a_pagerduty_destination_takes_the_key_of_a_new_relic_integration_only(answer: dict[str, Any]) -> None:
    assert refusal(stack, response=response(**answer)) == (
        'stack "prod": destination "pager" names the integration "from-new-relic", which is not of kind "new_relic"; '
        "declare one of that kind."
    )


def test_another_destination_is_not_asked_for_an_integration() -> None:
    pagers = (pagerduty_destination(), pagerduty_destination(key="second"))
    assert stack(observability=observability(destinations=pagers)).observability.destinations == pagers


@pytest.mark.parametrize("shared", [False, True], ids=["in its own variable", "in a group's variable"])
def test_a_store_in_another_region_is_refused_since_the_private_network_ends_there(shared: bool) -> None:
    variables = (env_var(name="DATABASE_URL", value=StoreAddress(store="database")),)
    groups = (environment_group(variables=variables),) if shared else ()
    web = web_service(groups=("shared",)) if shared else web_service(variables=variables)
    hosting = platform(groups=groups, web_services=(web,), postgres=(postgres(region="frankfurt"),))
    assert refusal(stack, platform=hosting) == (
        'stack "prod": service "web" is in oregon, and its variable DATABASE_URL leads to "database" in frankfurt, '
        "which the private network does not reach; put both in one region."
    )


def test_a_service_in_another_region_is_refused_too() -> None:
    hosting = platform(
        web_services=(web_service(variables=(address_of("ai-service"),)),),
        private_services=(private_service(region="ohio"),),
    )
    assert 'OTHER_ADDRESS leads to "ai-service" in ohio' in refusal(stack, platform=hosting)


def test_services_that_need_each_others_address_are_refused_since_neither_can_be_made_first() -> None:
    hosting = platform(
        web_services=(web_service(variables=(address_of("ai-service"),)),),
        private_services=(private_service(variables=(address_of("web"),)),),
    )
    message = refusal(stack, platform=hosting)
    assert message.startswith('stack "prod": services need each other\'s addresses: ')
    assert "web -> ai-service" in message
    assert message.endswith("; give one of them the address as a setting.")


def test_a_service_that_needs_its_own_address_through_a_group_is_refused() -> None:
    hosting = platform(
        groups=(environment_group(variables=(address_of("web"),)),), web_services=(web_service(groups=("shared",)),)
    )
    assert "services need each other's addresses: web -> web;" in refusal(stack, platform=hosting)


def test_a_service_may_need_another_that_does_not_need_it() -> None:
    hosting = platform(
        web_services=(web_service(variables=(address_of("ai-service"),)),), private_services=(private_service(),)
    )
    assert stack(platform=hosting).platform is hosting


def test_a_reference_that_leads_nowhere_is_told_once() -> None:
    hosting = platform(web_services=(web_service(variables=(address_of("nowhere"),)),))
    assert len(refusal(stack, platform=hosting).splitlines()) == 1
