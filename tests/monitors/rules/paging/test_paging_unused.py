"""paging/unused: everything at PagerDuty is reached by something."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings
from response_cases import responding

from monitors import spec
from monitors.catalog import stack
from monitors.rules.paging.unused import CHECK


def unused(stack_: spec.Stack) -> list[str]:
    return [one.subject.key for one in findings(CHECK, stack_)]


def test_what_nothing_leads_to_is_found() -> None:
    found = unused(
        responding(
            schedules=(build.schedule(), build.schedule(key="spare", name="Spare")),
            escalation_policies=(
                build.escalation_policy(),
                build.escalation_policy(key="old", name="Old"),
            ),
            services=(build.service(), build.service(key="lost", name="Lost")),
            integrations=(
                build.integration(),
                build.integration(key="second", name="Second"),
                build.integration(key="programs", name="Programs", kind="events_api_v2"),
            ),
            orchestrations=(build.orchestration(),),
        )
    )
    assert found == [
        "integration/second",
        "integration/programs",
        "orchestration/own-events",
        "pagerduty-service/lost",
        "escalation-policy/old",
        "schedule/spare",
    ]


def test_a_key_that_a_service_is_told_is_used() -> None:
    key = build.env_var(name="EVENTS", value=spec.IntegrationKey(integration="own-events"))
    platform = build.platform(web_services=(build.web_service(variables=(key,)),))
    response = build.response(orchestrations=(build.orchestration(),))
    assert unused(build.stack(platform=platform, response=response)) == []


def test_a_key_in_a_group_that_no_service_has_is_not_used() -> None:
    key = build.env_var(name="EVENTS", value=spec.IntegrationKey(integration="own-events"))
    platform = build.platform(groups=(build.environment_group(variables=(key,)),))
    response = build.response(orchestrations=(build.orchestration(),))
    assert unused(build.stack(platform=platform, response=response)) == ["orchestration/own-events"]


def test_everything_in_the_catalogue_is_used() -> None:
    assert unused(stack("prod")) == []
