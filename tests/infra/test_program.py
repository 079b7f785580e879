"""The whole program of every stack: well-formed for the providers, complete, and with its secrets kept."""

from __future__ import annotations

from functools import cache
from typing import Any

import pulumi
import pytest
from stack_mocks import SECRET

from infra.manifest import example_secret, example_settings, recorded
from infra.program import escalations, provision, runbook_links
from infra.recording import Recording, Registration, record
from infra.render_provider import check as render_check
from infra.render_provider.resources import SCHEMAS
from monitors import catalog
from sandbox.plugins import check
from sandbox.plugins.facts import Facts
from sandbox.plugins.schema import load
from sandbox.plugins.unknown import UNKNOWN

everywhere = pytest.mark.parametrize("stack", catalog.STACKS)


@cache
def program_of(stack: str) -> Recording:
    return recorded(stack)


def without_secrets(value: Any) -> Any:
    """The value with unknowns in the place of secrets, whose types a mask does not have."""
    if isinstance(value, dict):
        return {name: without_secrets(part) for name, part in value.items()}
    if isinstance(value, list):
        return [without_secrets(part) for part in value]
    return UNKNOWN if value == SECRET else value


def problems_of(one: Registration) -> list[str]:
    vendor = one.type.partition(":")[0]
    if vendor == "render":
        return render_check.problems(next(schema for schema in SCHEMAS if schema.token == one.type), dict(one.inputs))
    schema = load(vendor)
    resource = schema.by_token(one.type)
    assert resource is not None, one.type
    return check.problems(schema, resource, Facts(), without_secrets(dict(one.inputs)))


@everywhere
def test_every_resource_is_given_what_its_sdk_knows_and_all_that_it_needs(stack: str) -> None:
    custom = [one for one in program_of(stack).registrations if one.is_custom]
    assert {one.urn: problems_of(one) for one in custom if problems_of(one)} == {}


@everywhere
def test_every_vendor_has_its_part(stack: str) -> None:
    found = {one.type.partition(":")[0] for one in program_of(stack).registrations if one.is_custom}
    assert found == {"newrelic", "pagerduty", "render"}


@everywhere
def test_every_resource_belongs_to_a_component(stack: str) -> None:
    assert [one.urn for one in program_of(stack).registrations if one.is_custom and one.parent is None] == []


@everywhere
def test_no_secret_stands_in_clear_in_anything_that_is_registered_or_exported(stack: str) -> None:
    config, secret_keys = example_settings(catalog.stack(stack))
    assert secret_keys
    text = repr(program_of(stack))
    assert [name for name in secret_keys if config[name] in text] == []


@everywhere
def test_keys_that_pagerduty_makes_are_secret_wherever_they_are_used(stack: str) -> None:
    text = repr([one.inputs for one in program_of(stack).registrations])
    assert [
        word for word in (".integrationKey", ".routingKey", "WebhookSubscription:rollback.secret") if word in text
    ] == []


@everywhere
def test_databases_and_stores_are_protected_and_nothing_else_is(stack: str) -> None:
    protected = {one.type for one in program_of(stack).registrations if one.protect}
    stores = {one.type for one in program_of(stack).registrations if one.type.endswith((":Postgres", ":KeyValue"))}
    assert protected == stores
    assert len(stores) == 2


@everywhere
def test_every_condition_and_dashboard_of_the_specs_is_registered_under_its_key(stack: str) -> None:
    seen, found = catalog.stack(stack).observability, program_of(stack)
    assert set(found.of_type("NrqlAlertCondition")) == {one.key for one in seen.conditions}
    assert set(found.of_type("OneDashboard")) == {one.key for one in seen.dashboards}


@everywhere
def test_every_alert_has_its_runbook_section_among_the_exports(stack: str) -> None:
    links = program_of(stack).exports["runbooks"]
    conditions = catalog.stack(stack).observability.conditions
    assert set(links) == {one.key for one in conditions}
    assert all(link.endswith(f"#{key}") for key, link in links.items())


@everywhere
def test_the_exports_have_a_link_for_every_dashboard_and_service(stack: str) -> None:
    exports, specs = program_of(stack).exports, catalog.stack(stack)
    assert set(exports["dashboards"]) == {one.name for one in specs.observability.dashboards}
    assert len(exports["services"]) == len((*specs.platform.web_services, *specs.platform.private_services))
    assert len(exports["pager"]) == len(specs.response.services)


def test_a_runbook_link_is_below_the_address_of_the_settings() -> None:
    specs = catalog.stack("staging")
    first = specs.observability.conditions[0]
    link = runbook_links(specs, "https://runbooks.example/")[first.key]
    assert link == f"https://runbooks.example/{first.runbook.file}#{first.key}"


def test_an_escalation_tells_who_is_asked_for_how_long_and_how_often() -> None:
    response = catalog.stack("prod").response
    policy = response.escalation_policies[0]
    told = escalations(response)[policy.name]
    assert len(told) == len(policy.levels) + 1
    assert told[0].endswith(f", for {policy.levels[0].delay_minutes} min")
    assert told[-1] == f"all again, {policy.loops} times"


def test_an_unknown_stack_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(pulumi.RunError, match='there is no stack "dev"; the catalogue has staging and prod'):
        record(lambda: provision("dev"), stack="dev")


def test_a_wrong_setting_stops_the_program_before_anything_is_registered() -> None:
    config, secret_keys = example_settings(catalog.stack("staging"))
    config["legal-platform:alertEmails"] = "REPLACE_ME"
    with pytest.raises(pulumi.RunError, match="alertEmails is not set"):
        record(lambda: provision("staging"), config=config, secret_keys=secret_keys)


def test_the_stack_files_of_other_stacks_settings_are_no_unknown_ones() -> None:
    config, secret_keys = example_settings(catalog.stack("staging"))
    others, more = example_settings(catalog.stack("prod"))
    found = record(lambda: provision("staging"), config={**others, **config}, secret_keys=[*secret_keys, *more])
    assert len(found.registrations) == len(program_of("staging").registrations)


def test_examples_of_secrets_differ_so_that_a_leak_can_be_told() -> None:
    assert example_secret("render:apiKey") != example_secret("newrelic:apiKey")
