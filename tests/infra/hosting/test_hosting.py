"""Everything on Render of one stack, as the program registers it."""

from __future__ import annotations

import json

import pulumi
import pytest
from platform_specs import API_KEY, SETTINGS, a_platform, a_web_service
from stack_mocks import SECRET, Recording, a_context, recorded, secret_marker

from infra.hosting import provision_hosting
from infra.hosting.variables import private_address
from monitors.spec import Platform

_SERVICE_KINDS = ("WebService", "PrivateService")


def _registered(platform: Platform, stack: str = "staging") -> Recording:
    context = a_context(stack=stack, settings=SETTINGS)

    def program() -> None:
        keys = {"events": pulumi.Output.secret("key-of-events")}
        secrets = {"rollback": pulumi.Output.secret("secret-of-rollback")}
        pulumi.export("links", dict(provision_hosting(platform, context, keys, secrets).service_links))

    return recorded(program, stack)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return _registered(a_platform())


def test_everything_belongs_to_the_component_and_to_the_workspace_of_the_settings(recording: Recording) -> None:
    custom = [one for one in recording.registrations if one.is_custom]
    assert {one.parent for one in custom} == {"hosting"}
    assert {one.inputs["ownerId"] for one in custom} == {"tea-1"}


@pytest.mark.parametrize("stack", ["staging", "prod"])
def test_the_project_has_one_environment_that_is_called_like_the_stack(stack: str) -> None:
    project = _registered(a_platform(), stack).of_type("Project")["project"].inputs
    assert project["name"] == "legal (staging)"
    assert [environment["name"] for environment in project["environments"]] == [stack]


def test_groups_services_and_stores_are_in_the_environment(recording: Recording) -> None:
    kinds = (*_SERVICE_KINDS, "EnvironmentGroup", "Postgres", "KeyValue")
    placed = [one.inputs["environmentId"] for kind in kinds for one in recording.of_type(kind).values()]
    assert placed == ["Project:project.staging"] * 5


def test_stores_are_protected_from_deletion_and_nothing_else_is(recording: Recording) -> None:
    assert {one.name for one in recording.registrations if one.protect} == {"postgres", "cache"}


def test_stores_take_no_connection_from_outside_render(recording: Recording) -> None:
    for kind, name in (("Postgres", "postgres"), ("KeyValue", "cache")):
        assert recording.of_type(kind)[name].inputs["ipAllowList"] == []


def test_groups_and_services_carry_the_owners_mark(recording: Recording) -> None:
    marked = [one for kind in (*_SERVICE_KINDS, "EnvironmentGroup") for one in recording.of_type(kind).values()]
    assert {one.name: one.inputs["managedBy"] for one in marked} == {
        "web": "pulumi",
        "ai": "pulumi",
        "shared": "pulumi",
    }


def test_every_secret_value_of_a_variable_is_a_secret_and_a_literal_is_not(recording: Recording) -> None:
    group = recording.of_type("EnvironmentGroup")["shared"].inputs
    assert group["envVars"] == {
        "LOG_LEVEL": "info",
        "VENDOR_API_KEY": SECRET,
        "DATABASE_URL": SECRET,
        "REDIS_URL": SECRET,
        "ROUTING_KEY": SECRET,
        "WEBHOOK_SECRET": SECRET,
    }
    assert group["secretFiles"] == {"vendor.pem": SECRET}


def test_no_secret_stands_in_clear_in_any_registered_input(recording: Recording) -> None:
    everything = json.dumps([dict(one.inputs) for one in recording.registrations])
    for clear in (secret_marker(API_KEY), "key-of-events", "secret-of-rollback", "internalConnectionString"):
        assert clear not in everything


def test_a_service_address_is_the_host_and_port_on_the_private_network(recording: Recording) -> None:
    web = recording.of_type("WebService")["web"].inputs
    assert web["envVars"] == {"AI_ADDRESS": "PrivateService:ai.internalHost:10000"}


def test_a_service_without_an_open_port_is_named_with_what_to_do() -> None:
    with pytest.raises(pulumi.RunError) as raised:
        private_address("ai", "legal-ai", None)
    assert str(raised.value) == (
        'service "ai" has no address yet: Render has found no port open in it. Let it listen on 0.0.0.0, then run the '
        "update again"
    )


def test_a_web_service_has_its_image_sizes_health_check_and_commands(recording: Recording) -> None:
    web = recording.of_type("WebService")["web"].inputs
    assert web["image"] == {"imagePath": "registry.example/web:1"}
    assert web["healthCheckPath"] == "/health"
    assert (web["numInstances"], web["autoscaling"]) == (2, {"min": 2, "max": 10, "cpuPercent": 70})
    assert web["preDeployCommand"] == "migrate"
    assert web["maxShutdownDelaySeconds"] == 30


def test_a_service_without_autoscaling_or_commands_is_given_neither() -> None:
    platform = a_platform(web_services=(a_web_service(autoscaling=None, pre_deploy_command=None),))
    web = _registered(platform).of_type("WebService")["web"].inputs
    assert "autoscaling" not in web
    assert "preDeployCommand" not in web


def test_no_service_is_deployed_because_a_tag_has_moved(recording: Recording) -> None:
    services = [one for kind in _SERVICE_KINDS for one in recording.of_type(kind).values()]
    assert [one.inputs["autoDeploy"] for one in services] == [False, False]


def test_a_service_is_deployed_again_when_the_content_of_one_of_its_groups_changes(recording: Recording) -> None:
    ai = recording.of_type("PrivateService")["ai"].inputs
    assert ai["environmentGroups"] == {"EnvironmentGroup:shared": "EnvironmentGroup:shared.contentHash"}


def test_streams_go_to_the_addresses_of_the_settings_with_secret_tokens(recording: Recording) -> None:
    assert recording.of_type("LogStream")["logs"].inputs["endpoint"] == "logs.example:6514"
    metrics = recording.of_type("MetricsStream")["metrics"].inputs
    assert (metrics["provider"], metrics["url"]) == ("NEW_RELIC", "https://otlp.example")
    for kind, name in (("LogStream", "logs"), ("MetricsStream", "metrics")):
        assert recording.of_type(kind)[name].inputs["token"] == SECRET


def test_services_are_linked_by_key_to_their_pages_in_renders_dashboard(recording: Recording) -> None:
    assert recording.exports["links"] == {
        "ai": "PrivateService:ai.dashboardUrl",
        "web": "WebService:web.dashboardUrl",
    }
