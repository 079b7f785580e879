"""What provisioning does to resources when specs change, and what is lost by it."""

from __future__ import annotations

from typing import Any

from registered_programs import entry
from reviewed_stacks import PROD, observability

from monitors.review.changes import Effect, ResourceChange
from monitors.review.resources import resource_changes, resources_between
from monitors.review.resources.registered import Ref
from monitors.spec import NrqlCondition, Stack

_MANY, _EDITED = 10_000, 100


def platform(stack: Stack = PROD, **changes: Any) -> Stack:
    return stack.model_copy(update={"platform": stack.platform.model_copy(update=changes)})


def response(stack: Stack = PROD, **changes: Any) -> Stack:
    return stack.model_copy(update={"response": stack.response.model_copy(update=changes)})


def entries(after: Stack, before: Stack = PROD) -> list[str]:
    return [entry(one) for one in resource_changes(before, after)]


def one_of(after: Stack, name: str, kind: str) -> ResourceChange:
    return next(
        one for one in resource_changes(PROD, after) if one.name == name and one.type.rpartition(":")[2] == kind
    )


def database(**changes: Any) -> Stack:
    (store,) = PROD.platform.postgres
    return platform(postgres=(store.model_copy(update=changes),))


def test_equal_stacks_touch_nothing() -> None:
    assert resource_changes(PROD, PROD.model_copy()) == ()


def test_what_only_checks_read_touches_nothing() -> None:
    users = tuple(one.model_copy(update={"role": f"{one.role} again"}) for one in PROD.response.users)
    assert entries(response(users=users)) == []


def test_another_order_of_widgets_that_keep_their_places_touches_nothing() -> None:
    first, *rest = PROD.observability.dashboards
    pages = tuple(page.model_copy(update={"widgets": page.widgets[::-1]}) for page in first.pages)
    assert entries(observability(dashboards=(first.model_copy(update={"pages": pages}), *rest))) == []


def test_a_database_of_another_user_is_replaced_and_the_loss_is_told_in_words() -> None:
    found = one_of(database(user="another"), "postgres", "Postgres")
    assert (found.effect, found.because) == (Effect.REPLACE, ("databaseUser",))
    assert found.loses == (
        "All its data is lost, and its backups with it: the new database is empty. It is protected, so provisioning "
        "refuses this until somebody takes the protection off by hand."
    )


def test_what_holds_the_address_of_a_replaced_database_changes_with_it() -> None:
    assert entries(database(version="17")) == [
        "replace Postgres postgres",
        "update EnvironmentGroup stores",
        "update PrivateService ai-service",
        "update WebService web",
    ]


def test_a_larger_disk_changes_the_database_alone() -> None:
    assert entries(database(disk_gigabytes=50)) == ["update Postgres postgres"]


def test_a_renamed_key_deletes_and_creates() -> None:
    policies = tuple(
        one.model_copy(update={"key": "sev2-again"}) if one.key == "sev2" else one
        for one in PROD.response.escalation_policies
    )
    services = tuple(
        one.model_copy(update={"escalation_policy": "sev2-again"}) if one.escalation_policy == "sev2" else one
        for one in PROD.response.services
    )
    found = entries(response(escalation_policies=policies, services=services))
    assert found == [
        "delete EscalationPolicy sev2",
        "delete TagAssignment escalation_policies-sev2",
        "create EscalationPolicy sev2-again",
        "create TagAssignment escalation_policies-sev2-again",
        "update Service ai-sev2",
    ]


def test_a_service_at_render_with_another_key_is_found_by_its_name_and_nothing_is_lost() -> None:
    (web,) = PROD.platform.web_services
    found = resource_changes(PROD, platform(web_services=(web.model_copy(update={"key": "front"}),)))
    assert [(entry(one), one.loses) for one in found] == [
        ("delete WebService web", ""),
        ("create WebService front", ""),
    ]


def test_a_service_that_is_gone_loses_its_deploys() -> None:
    found = one_of(platform(web_services=()), "web", "WebService")
    assert found.loses == "It stops, and its address answers no more; its deploys can no longer be rolled back to."


def test_an_integration_of_another_kind_renews_the_key_that_others_hold() -> None:
    integrations = tuple(
        one.model_copy(update={"kind": "new_relic"}) if one.key == "ai-sev1-changes" else one
        for one in PROD.response.integrations
    )
    after = response(integrations=integrations)
    found = one_of(after, "ai-sev1-changes", "ServiceIntegration")
    assert (found.effect, found.because) == (Effect.REPLACE, ("vendor",))
    assert resources_between(PROD, after).renewed.has(Ref("integration", "ai-sev1-changes", "key"))
    assert "update EnvironmentGroup incidents" in entries(after)


def test_another_tag_is_given_to_everything_that_has_tags() -> None:
    after = PROD.model_copy(update={"tags": {**PROD.tags, "team": "another"}})
    kinds = {one.type.rpartition(":")[2] for one in resource_changes(PROD, after)}
    assert kinds == {"EntityTags", "Monitor", "CertCheckMonitor"}


def test_what_is_taken_away_comes_first() -> None:
    effects = [one.effect for one in resource_changes(PROD, platform(web_services=(), project="Another"))]
    assert effects == [Effect.DELETE, Effect.UPDATE]


def test_an_alert_and_its_policy_may_have_the_same_key() -> None:
    same = PROD.observability.policies[0].conditions[0].key
    policies = (PROD.observability.policies[0].model_copy(update={"key": same}), *PROD.observability.policies[1:])
    workflows = tuple(
        one.model_copy(update={"policies": tuple(same if key == "page-sev1" else key for key in one.policies)})
        for one in PROD.observability.workflows
    )
    found = entries(observability(policies=policies, workflows=workflows))
    assert found.count(f"create EntityTags {same}") == 1
    assert found.count(f"replace EntityTags {same}") == 1


def many(edited: int) -> Stack:
    """The stack with very many alerts, of which some have another threshold."""
    (first, *rest) = PROD.observability.policies
    alert = first.conditions[0]

    def made(number: int) -> NrqlCondition:
        key = f"generated-{number}"
        value = 2.0 if number < edited else 1.0
        critical = alert.critical and alert.critical.model_copy(update={"value": value})
        runbook = alert.runbook.model_copy(update={"anchor": key})
        return alert.model_copy(update={"key": key, "name": key, "runbook": runbook, "critical": critical})

    conditions = [made(number) for number in range(_MANY)]
    size = 1000
    chunks = [tuple(conditions[start : start + size]) for start in range(0, _MANY, size)]
    made_policies = tuple(
        first.model_copy(update={"key": f"generated-{index}", "name": f"Generated {index}", "conditions": chunk})
        for index, chunk in enumerate(chunks)
    )
    workflow, *others = PROD.observability.workflows
    heard = workflow.model_copy(update={"policies": (*workflow.policies, *(one.key for one in made_policies))})
    return observability(policies=(first, *rest, *made_policies), workflows=(heard, *others))


def test_a_hundred_edits_among_ten_thousand_alerts_are_found_and_no_others() -> None:
    before, after = many(0), many(_EDITED)
    found = resource_changes(before, after)
    assert len(found) == _EDITED
