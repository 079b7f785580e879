from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from provider_harness import Harness, environment_group, web_service
from pulumi.provider.experimental import provider as engine
from pulumi.provider.experimental.property_value import PropertyValue
from render_account import KEY, OWNER, RenderAccount

from infra.render_provider.errors import RenderProviderError
from infra.render_provider.provider import BEHAVIOURS, RenderProvider
from infra.render_provider.resources import SCHEMAS
from infra.render_provider.values import UNKNOWN, plain_map, property_map

WEB = "render:index:WebService"
URN = f"urn:pulumi:test::project::{WEB}::it"


def _provider(**environment: str) -> RenderProvider:
    return RenderProvider(lambda urn, message: None, environment)


def _configure(provider: RenderProvider, **config: Any) -> engine.ConfigureResponse:
    return asyncio.run(provider.configure(engine.ConfigureRequest({}, property_map(config), True, False)))


def _read(provider: RenderProvider) -> engine.ReadResponse:
    return asyncio.run(provider.read(engine.ReadRequest(URN, "srv-1", {}, {})))


def _config_failures(**config: Any) -> list[str]:
    request = engine.CheckRequest("urn", {}, property_map(config), b"")
    answer = asyncio.run(_provider().check_config(request))
    return [failure.reason for failure in answer.failures or []]


def _schema() -> Any:
    return json.loads(asyncio.run(_provider().get_schema(engine.GetSchemaRequest(0))).schema or "")


def test_every_value_that_may_be_secret_is_marked_even_when_the_program_passed_it_in_clear(harness: Harness) -> None:
    checked = harness.check(WEB, web_service(secretFiles={"key.pem": "seededKeyFile"}))
    for name in ("envVars", "secretFiles"):
        assert all(value.is_secret for value in checked[name].value.values())
    made = harness.create("render:index:EnvironmentGroup", environment_group())
    assert all(value.is_secret for value in made.properties["envVars"].value.values())  # type: ignore[union-attr]  # a map by the schema


def test_a_value_that_the_program_marked_secret_stays_secret(harness: Harness) -> None:
    inputs = property_map(web_service())
    inputs["name"] = inputs["name"].with_secret(True)
    answer = asyncio.run(harness.provider.check(engine.CheckRequest(URN, {}, inputs, b"")))
    assert answer.inputs is not None
    assert answer.inputs["name"].is_secret


def test_values_read_back_from_render_are_secret_too(harness: Harness) -> None:
    made = harness.create(WEB, web_service())
    seen = harness.import_(WEB, made.object_id)
    for values in (seen.properties, seen.inputs):
        assert all(value.is_secret for value in values["envVars"].value.values())  # type: ignore[union-attr]  # a map by the schema


def test_unknown_values_pass_through_check_and_preview(harness: Harness) -> None:
    inputs = web_service(environmentId=UNKNOWN, envVars={"DATABASE_URL": UNKNOWN})
    checked = harness.check(WEB, inputs)
    request = engine.CreateRequest(URN, checked, 0, True)
    outputs = plain_map(asyncio.run(harness.provider.create(request)).properties)
    assert outputs["environmentId"] is UNKNOWN
    assert outputs["envVars"] == {"DATABASE_URL": UNKNOWN}
    assert outputs["url"] is UNKNOWN
    assert harness.account.calls == []


def test_the_environment_s_address_wins_so_that_a_sandbox_never_shows_as_a_provider_change(
    account: RenderAccount,
) -> None:
    provider = _provider(RENDER_API_URL=account.url, RENDER_API_KEY=KEY)
    _configure(provider, apiUrl="http://127.0.0.1:9/v1")
    with pytest.raises(RenderProviderError, match="srv-1 does not exist"):
        _read(provider)


def test_the_configured_key_comes_before_the_environment_s(account: RenderAccount) -> None:
    provider = _provider(RENDER_API_KEY="rnd_wrong")
    _configure(provider, apiUrl=account.url, apiKey=KEY)
    with pytest.raises(RenderProviderError, match="srv-1 does not exist"):
        _read(provider)


def test_a_missing_key_is_an_error_only_when_render_is_needed() -> None:
    provider = _provider()
    assert _configure(provider).supports_preview
    with pytest.raises(RenderProviderError, match="no Render API key: run `pulumi config set --secret render:apiKey`"):
        _read(provider)


def test_the_configured_key_is_kept_secret() -> None:
    inputs = {"apiKey": PropertyValue(KEY)}
    answer = asyncio.run(_provider().check_config(engine.CheckRequest("urn", {}, inputs, b"")))
    assert answer.inputs is not None
    assert answer.inputs["apiKey"].is_secret


def test_an_unknown_setting_is_refused_with_the_likely_one() -> None:
    assert _config_failures(apikey="x") == ['"render:apikey" is not a setting; did you mean "apiKey"?']


def test_a_time_limit_that_is_no_number_is_refused() -> None:
    assert _config_failures(deployTimeoutSeconds="15m") == [
        '"render:deployTimeoutSeconds" value "15m" is not a whole number of seconds'
    ]
    assert _config_failures(deployTimeoutSeconds="1200") == []


def test_an_unknown_resource_type_is_named() -> None:
    request = engine.CheckRequest("urn:pulumi:test::project::render:index:CronJob::it", {}, {}, b"")
    with pytest.raises(RenderProviderError, match="render:index:CronJob is not a resource of this provider; it has"):
        asyncio.run(_provider().check(request))


def test_the_schema_describes_every_resource_that_has_a_behaviour() -> None:
    assert set(_schema()["resources"]) == set(BEHAVIOURS) == {schema.token for schema in SCHEMAS}


def test_every_reference_in_the_schema_leads_somewhere() -> None:
    schema = _schema()
    text = json.dumps(schema)
    for token in schema["types"]:
        assert f"#/types/{token}" in text
    assert text.count("#/types/") >= len(schema["types"])
    references = [part.split('"')[0] for part in text.split("#/types/")[1:]]
    assert set(references) == set(schema["types"])


@pytest.mark.parametrize("token", sorted(BEHAVIOURS))
def test_the_schema_marks_secret_what_the_provider_keeps_secret(token: str) -> None:
    described = _schema()["resources"][token]
    behaviour = BEHAVIOURS[token]
    for name, spec in {**behaviour.schema.inputs, **behaviour.schema.outputs}.items():
        assert described["properties"][name].get("secret", False) is spec.secret
        if name in behaviour.schema.inputs:
            assert (name in described["requiredInputs"]) is spec.required


def test_every_output_has_a_name_of_its_own() -> None:
    for schema in SCHEMAS:
        assert not schema.inputs.keys() & schema.outputs.keys()


def test_a_resource_below_a_component_is_known_by_its_own_type(harness: Harness) -> None:
    inputs = {"ownerId": OWNER, "provider": "NEW_RELIC", "url": "https://otlp.nr-data.net", "token": "seededToken"}
    token = "render:index:MetricsStream"
    assert harness.check(f"legal-platform:hosting:Hosting${token}", inputs) == harness.check(token, inputs)
