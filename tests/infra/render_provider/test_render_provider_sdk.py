"""The typed classes, on Pulumi's own mocks: what they register and what they give back."""

from __future__ import annotations

import asyncio
from typing import Any

import pulumi
import pytest
from provider_harness import CheckRefused, Harness

from infra.render_provider import sdk
from infra.render_provider.resources import SCHEMAS

_IDS = {"render:index:EnvironmentGroup": "evg-1"}


class _Mocks(pulumi.runtime.Mocks):
    def __init__(self) -> None:
        self.registered: dict[str, dict[str, Any]] = {}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        self.registered[args.typ] = dict(args.inputs)
        outputs = {
            "url": "https://legal.example",
            "dashboardUrl": "https://dashboard.example",
            "contentHash": "0a1b",
            "environmentIds": {"staging": "evm-1"},
            "internalConnectionString": "postgresql://internal",
        }
        return _IDS.get(args.typ, "id-1"), {**args.inputs, **outputs}

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        return {}, None


@pytest.fixture
def mocks() -> _Mocks:
    # Without a loop of its own, Pulumi's mocks take the one that an earlier test has closed.
    asyncio.set_event_loop(asyncio.new_event_loop())
    made = _Mocks()
    pulumi.runtime.set_mocks(made, preview=False)
    return made


def _resolve(output: pulumi.Output[Any]) -> Any:
    return asyncio.get_event_loop().run_until_complete(output.future())


def _everything() -> dict[str, Any]:
    project = sdk.Project(
        "project", name="legal", owner_id="tea-1", environments=[sdk.EnvironmentSpec("staging", protected=True)]
    )
    place = project.environment_id("staging")
    group = sdk.EnvironmentGroup(
        "shared", name="shared", owner_id="tea-1", environment_id=place, managed_by="us", env_vars={"owner_id": "kept"}
    )
    shared: sdk.ServiceArguments = {
        "name": "legal",
        "owner_id": "tea-1",
        "environment_id": place,
        "managed_by": "us",
        "plan": "standard",
        "source": sdk.ImageSource("nginx:1.27", docker_command="serve"),
        "env_vars": {"A": "b"},
        "secret_files": {"a.pem": "c"},
        "environment_groups": [group],
        "num_instances": 2,
        "autoscaling": sdk.Autoscaling(2, 10, cpu_percent=70, memory_percent=80),
        "auto_deploy": False,
        "max_shutdown_delay_seconds": 60,
    }
    web = sdk.WebService("web", health_check_path="/health", **shared)
    sdk.PrivateService("ai", **shared)
    database = sdk.Postgres(
        "db",
        name="legal-db",
        owner_id="tea-1",
        environment_id=place,
        plan="pro_4gb",
        version="16",
        disk_size_gigabytes=25,
        high_availability=True,
        ip_allow_list=[sdk.IpRange("192.0.2.0/24", "office")],
    )
    sdk.KeyValue("kv", name="legal-kv", owner_id="tea-1", environment_id=place, plan="starter")
    sdk.LogStream("logs", owner_id="tea-1", endpoint="logs.example:6514", token="t")
    sdk.MetricsStream("metrics", owner_id="tea-1", provider="NEW_RELIC", url="https://otlp.nr-data.net", token="t")
    return {"web": web, "database": database, "group": group}


def test_everything_the_classes_register_passes_the_provider_s_own_check(mocks: _Mocks, harness: Harness) -> None:
    made = _everything()
    _resolve(made["web"].url)
    asyncio.get_event_loop().run_until_complete(pulumi.runtime.stack.wait_for_rpcs())
    assert set(mocks.registered) == {schema.token for schema in SCHEMAS}
    for token, inputs in mocks.registered.items():
        try:
            harness.check(token, inputs)
        except CheckRefused as refusal:
            pytest.fail(f"{token}: {refusal}")


def test_outputs_are_properties_of_the_resource(mocks: _Mocks) -> None:
    made = _everything()
    assert _resolve(made["web"].url) == "https://legal.example"
    assert _resolve(made["web"].dashboard_url) == "https://dashboard.example"
    assert _resolve(made["database"].internal_connection_string) == "postgresql://internal"


def test_a_service_is_linked_to_its_groups_by_id_and_content(mocks: _Mocks) -> None:
    made = _everything()
    _resolve(made["web"].url)
    assert mocks.registered["render:index:WebService"]["environmentGroups"] == {"evg-1": "0a1b"}


def test_names_of_variables_reach_the_provider_as_written(mocks: _Mocks) -> None:
    made = _everything()
    _resolve(made["group"].content_hash)
    assert mocks.registered["render:index:EnvironmentGroup"]["envVars"] == {"owner_id": "kept"}
