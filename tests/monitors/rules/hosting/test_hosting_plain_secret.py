"""hosting/plain-secret: no key stands in a spec, and none is ever shown."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings

from monitors import spec
from monitors.catalog import stack
from monitors.rules.check import Finding
from monitors.rules.hosting.plain_secret import CHECK

# Put together here, so that no scanner takes this file for one that holds keys.
KEYS = {
    "an Anthropic API key": "sk-" + "ant-api03-abcdefgh",
    "a New Relic key": "NR" + "AK-ABCDEFGHIJKLMNOP",
    "a GitHub token": "gh" + "p_" + "a1" * 15,
    "a Slack token": "xox" + "b-1234567890-abcdef",
    "an AWS key": "AK" + "IA" + "ABCDEFGHIJKLMNOP",
    "a signed token": "ey" + "J" + "hbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0.abc",
    "a private key": "-----BEGIN RSA PRIVATE" + " KEY-----",
    "a random key": "9f86d081884c7d659a2feaa0c55ad015",
}


def told(name: str, value: str) -> list[Finding]:
    variable = build.env_var(name=name, value=value)
    platform = build.platform(
        web_services=(build.web_service(variables=(variable,)),),
        groups=(build.environment_group(variables=(variable,)),),
    )
    return findings(CHECK, build.stack(platform=platform))


@pytest.mark.parametrize(("kind", "value"), KEYS.items(), ids=list(KEYS))
def test_a_value_that_looks_like_a_key_is_found_and_not_shown(kind: str, value: str) -> None:
    in_service, in_group = told("CLAUDE", value)
    assert in_service.message == (
        f"The value of CLAUDE looks like {kind}, and stands in the spec for everybody to read."
    )
    assert in_group.subject.key == "environment-group/shared"
    for found in (in_service, in_group):
        assert value not in f"{found}"


@pytest.mark.parametrize(
    "value",
    [
        "info",
        "skills-2025-10-02",
        "code-execution-2025-08-25",
        "legal-platform-ai-service-staging",
        "https://otlp.nr-data.net:4318/v1/metrics",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1",
        "true",
        "",
    ],
)
def test_words_versions_and_addresses_are_fine(value: str) -> None:
    assert told("SOMETHING", value) == []


def test_settings_are_where_secrets_belong() -> None:
    variable = build.env_var(name="ANTHROPIC_API_KEY", value=build.setting())
    platform = build.platform(web_services=(build.web_service(variables=(variable,)),))
    assert findings(CHECK, build.stack(platform=platform)) == []


@pytest.mark.parametrize("name", ["staging", "prod"])
def test_the_catalogue_holds_no_key(name: str) -> None:
    spec_: spec.Stack = stack(name)
    assert findings(CHECK, spec_) == []
