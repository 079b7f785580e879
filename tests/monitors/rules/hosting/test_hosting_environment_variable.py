"""hosting/environment-variable: what a service is told is one thing, and its own."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages
from hosting_cases import running, web

from monitors import spec
from monitors.catalog import stack
from monitors.rules.hosting.environment_variable import CHECK


def variables(**values: str) -> tuple[spec.EnvVar, ...]:
    return tuple(build.env_var(name=name, value=value) for name, value in values.items())


def test_two_values_of_one_name_are_found() -> None:
    group = build.environment_group(variables=variables(LOG_LEVEL="debug"))
    service = build.web_service(groups=("shared",), variables=variables(LOG_LEVEL="info"))
    assert messages(CHECK, running(groups=(group,), web_services=(service,))) == [
        "LOG_LEVEL has two values: in variables and in group shared; Render takes the service's own first."
    ]


def test_another_environments_name_is_found() -> None:
    assert messages(CHECK, web(variables=variables(ENVIRONMENT="staging"))) == [
        'ENVIRONMENT is "staging" in the prod stack: what it emits counts as another\'s.'
    ]


def test_half_of_new_relics_pair_is_found() -> None:
    assert messages(CHECK, web(variables=variables(NEW_RELIC_APP_NAME="web"))) == [
        "The service is told NEW_RELIC_APP_NAME and not NEW_RELIC_LICENSE_KEY: nothing is reported."
    ]


def test_a_service_that_emits_without_its_environment_is_found() -> None:
    key = build.env_var(name="NEW_RELIC_LICENSE_KEY", value=build.setting())
    assert messages(CHECK, web(variables=(key, *variables(NEW_RELIC_APP_NAME="web")))) == [
        "The service is told NEW_RELIC_LICENSE_KEY and not ENVIRONMENT: what it emits belongs to no environment, and "
        "no alert reads it."
    ]


def test_one_value_the_own_name_and_a_whole_pair_are_fine() -> None:
    key = build.env_var(name="NEW_RELIC_LICENSE_KEY", value=build.setting())
    group = build.environment_group(variables=(*variables(LOG_LEVEL="info"), key))
    own = variables(LOG_LEVEL="info", ENVIRONMENT="prod", NEW_RELIC_APP_NAME="web")
    service = build.web_service(groups=("shared",), variables=own)
    assert messages(CHECK, running(groups=(group,), web_services=(service,))) == []
    assert messages(CHECK, stack("staging")) == []
