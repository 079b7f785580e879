"""Render: plans, sizes, counts, and secrets that never stand in a spec."""

from __future__ import annotations

import pytest
from spec_builders import (
    autoscaling,
    env_var,
    environment_group,
    key_value,
    log_stream,
    metrics_stream,
    platform,
    postgres,
    private_service,
    setting,
    web_service,
)
from spec_refusals import Builder, case, refusal

REFUSED = (
    case(
        env_var,
        "environment variable \"logLevel\": field name is 'logLevel': string should match pattern "
        "'^[A-Z][A-Z0-9_]*$'. Write an upper-case name such as ANTHROPIC_API_KEY.",
        name="logLevel",
    ),
    case(
        env_var,
        'environment variable "LOG_LEVEL": field value is wrong (not shown, as it may be a secret): '
        "string should have at most 10000 characters.",
        value="v" * 10_001,
    ),
    case(
        env_var,
        'environment variable "LOG_LEVEL": field value is wrong (not shown, as it may be a secret): '
        "Setting or StoreAddress or ServiceAddress or IntegrationKey or WebhookSecret or text is needed.",
        value=5,
    ),
    case(
        env_var,
        'environment variable "API_KEY": value of API_KEY looks like a secret and is written in the '
        "spec; use a secret setting.",
        name="API_KEY",
        value="abc",
    ),
    case(
        env_var,
        'environment variable "DATABASE_URL": value of DATABASE_URL looks like a secret and is written '
        "in the spec; use a secret setting.",
        name="DATABASE_URL",
        value="postgres://legal:hunter2@db/legal",
    ),
    case(
        env_var,
        'environment variable "API_KEY": value of API_KEY looks like a secret, and setting "apiToken" is '
        "not declared secret; declare it with secret=True.",
        name="API_KEY",
        value=setting(secret=False),
    ),
    case(
        environment_group,
        "environment group \"Shared Variables\": field name is 'Shared Variables': string should match "
        "pattern '^[a-z][a-z0-9-]*$'. Write up to 60 lower-case letters, digits and hyphens, a letter "
        "first.",
        name="Shared Variables",
    ),
    case(
        environment_group,
        'environment group "shared": variables are given twice: LOG_LEVEL; give each once.',
        variables=(env_var(), env_var(value="debug")),
    ),
    case(
        environment_group,
        'environment group "shared": field secret_files.key.pem is setting "apiToken": it is not '
        "declared secret, and its value would stand in clear in state and previews. Name a setting that "
        "is declared with secret=True.",
        secret_files={"key.pem": setting(secret=False)},
    ),
    case(
        autoscaling,
        "autoscaling: field least is 0: input should be greater than or equal to 1. Render runs 1 to 100 "
        "instances of a service.",
        least=0,
    ),
    case(
        autoscaling,
        "autoscaling: field most is 101: input should be less than or equal to 100. Render runs 1 to 100 "
        "instances of a service.",
        most=101,
    ),
    case(autoscaling, "autoscaling: least 11 is more than most 10; swap them.", least=11),
    case(autoscaling, "autoscaling: give cpu_percent, memory_percent or both.", cpu_percent=None),
    case(
        autoscaling,
        "autoscaling: field memory_percent is 101: input should be less than or equal to 100. Give a "
        "percentage from 1 to 100.",
        memory_percent=101,
    ),
    case(
        web_service,
        'web service "lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll": field name is '
        "'lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll': string should have at most 60 "
        "characters. Write up to 60 lower-case letters, digits and hyphens, a letter first.",
        name="l" * 61,
    ),
    case(
        web_service,
        'web service "web": field image is setting "apiToken": it is declared with '
        "kind=SettingKind.TEXT. Name a setting that is declared with kind=SettingKind.IMAGE.",
        image=setting(),
    ),
    case(
        web_service,
        "web service \"web\": field plan is 'large': input should be 'starter', 'standard', 'pro', "
        "'pro_plus', 'pro_max' or 'pro_ultra'.",
        plan="large",
    ),
    case(
        web_service,
        "web service \"web\": field region is 'paris': input should be 'frankfurt', 'oregon', 'ohio', "
        "'singapore' or 'virginia'.",
        region="paris",
    ),
    case(
        web_service,
        'web service "web": field instances is 0: input should be greater than or equal to 1. Render '
        "runs 1 to 100 instances of a service.",
        instances=0,
    ),
    case(
        web_service,
        'web service "web": instances 2 is outside the autoscaling range 3 to 10; start within it.',
        autoscaling=autoscaling(least=3),
    ),
    case(
        web_service,
        "web service \"web\": field groups is ('shared', 'shared'): the same shared is given more than "
        "once. Name each environment group once.",
        groups=("shared", "shared"),
    ),
    case(
        web_service,
        'web service "web": variables are given twice: LOG_LEVEL; give each once.',
        variables=(env_var(), env_var()),
    ),
    case(web_service, "web service \"web\": field pre_deploy_command is ' ': it is blank.", pre_deploy_command=" "),
    case(
        web_service,
        'web service "web": field shutdown_seconds is 301: input should be less than or equal to 300. '
        "Render takes 1 to 300 s.",
        shutdown_seconds=301,
    ),
    case(
        web_service,
        "web service \"web\": field health_check_path is 'health': string should match pattern '^/\\S*$'. "
        "Begin the path with a slash and leave spaces out.",
        health_check_path="health",
    ),
    case(
        private_service,
        'private service "ai-service": field health_check_path does not exist; known are key, name, '
        "image, plan, region, instances, autoscaling, groups, variables, pre_deploy_command, "
        "shutdown_seconds.",
        health_check_path="/health",
    ),
    case(
        private_service,
        'private service "ai-service": field image is setting "apiToken": it is declared with '
        "kind=SettingKind.TEXT. Name a setting that is declared with kind=SettingKind.IMAGE.",
        image=setting(),
    ),
    case(
        postgres,
        "Postgres database \"database\": field plan is 'starter': input should be 'basic_256mb', "
        "'basic_1gb', 'basic_4gb', 'pro_4gb', 'pro_8gb', 'pro_16gb', 'pro_32gb' or 'pro_64gb'.",
        plan="starter",
    ),
    case(
        postgres,
        "Postgres database \"database\": field version is 16: input should be '13', '14', '15', '16' or '17'.",
        version=16,
    ),
    case(
        postgres,
        'Postgres database "database": disk_gigabytes 12 is neither 1 nor a multiple of 5; use 15.',
        disk_gigabytes=12,
    ),
    case(
        postgres,
        'Postgres database "database": field disk_gigabytes is 0: input should be greater than or equal '
        "to 1. Render takes 1 GB or a multiple of 5.",
        disk_gigabytes=0,
    ),
    case(
        postgres,
        "Postgres database \"database\": field database is 'Legal Platform': string should match pattern "
        "'^[a-z][a-z0-9_]*$'. Use lower-case letters, digits and underscores, a letter first.",
        database="Legal Platform",
    ),
    case(
        postgres,
        "Postgres database \"database\": field user is 'legal-platform': string should match pattern "
        "'^[a-z][a-z0-9_]*$'. Use lower-case letters, digits and underscores, a letter first.",
        user="legal-platform",
    ),
    case(
        postgres,
        'Postgres database "database": high_availability needs a pro plan; plan is basic_1gb, use '
        "pro_4gb or a larger one.",
        high_availability=True,
    ),
    case(
        key_value,
        "key-value store \"cache\": field plan is 'standard_plus': input should be 'free', "
        "'starter', 'standard', 'pro' or 'pro_plus'. Did you mean 'standard'?",
        plan="standard_plus",
    ),
    case(
        key_value,
        "key-value store \"cache\": field eviction is 'lru': input should be 'noeviction', 'allkeys_lfu', "
        "'allkeys_lru', 'allkeys_random', 'volatile_lfu', 'volatile_lru', 'volatile_random' or "
        "'volatile_ttl'.",
        eviction="lru",
    ),
    case(
        log_stream,
        'log stream "logs": field endpoint is setting "apiToken": it is declared with '
        "kind=SettingKind.TEXT. Name a setting that is declared with kind=SettingKind.HOST_PORT.",
        endpoint=setting(),
    ),
    case(
        log_stream,
        'log stream "logs": field token is setting "apiToken": it is not declared secret, and its value '
        "would stand in clear in state and previews. Name a setting that is declared with secret=True.",
        token=setting(secret=False),
    ),
    case(
        metrics_stream,
        'metrics stream "metrics": field url is setting "apiToken": it is declared with '
        "kind=SettingKind.TEXT. Name a setting that is declared with kind=SettingKind.URL.",
        url=setting(),
    ),
    case(
        metrics_stream,
        'metrics stream "metrics": field token is setting "apiToken": it is not declared secret, and its '
        "value would stand in clear in state and previews. Name a setting that is declared with "
        "secret=True.",
        token=setting(secret=False),
    ),
    case(
        platform,
        "platform: field project is '': string should have at least 1 character. Use 1 to 60 characters on one line.",
        project="",
    ),
    case(
        platform,
        'platform: field log_streams is (log stream "logs", log stream "logs"): tuple should have '
        "at most 1 item, not 2. Give one at most: a Render workspace has one stream of a kind.",
        log_streams=(log_stream(), log_stream()),
    ),
    case(
        platform,
        'platform: field metrics_streams is (metrics stream "metrics", metrics stream "metrics"): '
        "tuple should have at most 1 item, not 2. Give one at most: a Render workspace has one "
        "stream of a kind.",
        metrics_streams=(metrics_stream(), metrics_stream()),
    ),
    case(
        autoscaling,
        "autoscaling: field cpu_percent is 0: input should be greater than or equal to 1. Give a "
        "percentage from 1 to 100.",
        cpu_percent=0,
    ),
    case(
        web_service,
        'web service "web": field shutdown_seconds is 0: input should be greater than or equal to 1. '
        "Render takes 1 to 300 s.",
        shutdown_seconds=0,
    ),
    case(
        postgres,
        'Postgres database "database": field disk_gigabytes is 16385: input should be less than or equal '
        "to 16384. Render takes 1 GB or a multiple of 5.",
        disk_gigabytes=16_385,
    ),
    case(
        platform,
        "platform: field project is 'ppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp': "
        "string should have at most 60 characters. Use 1 to 60 characters on one line.",
        project="p" * 61,
    ),
)


@pytest.mark.parametrize(("build", "changes", "message"), REFUSED)
def test_it_is_refused_with_its_field_its_value_and_what_to_write_instead(
    build: Builder, changes: dict[str, object], message: str
) -> None:
    assert refusal(build, **changes) == message


@pytest.mark.parametrize("name", ["MAX_TOKENS", "KEYBOARD", "MONKEY_PATCH", "ANTHROPIC_SKILLS_ENABLED"])
def test_a_name_that_only_contains_the_letters_of_a_secret_may_hold_a_literal(name: str) -> None:
    assert env_var(name=name, value="4096").value == "4096"


@pytest.mark.parametrize("name", ["API_KEY", "KEY", "SENTRY_DSN", "TOKEN_OF_X", "DB_PASSWORD", "SERVICE_TOKEN_SECRET"])
def test_a_name_of_a_secret_takes_a_secret_setting_and_no_literal(name: str) -> None:
    assert env_var(name=name, value=setting()).value == setting()
    assert "use a secret setting" in refusal(env_var, name=name, value="abc")


@pytest.mark.parametrize("value", ["sk-ant-hunter2", "postgres://legal:hunter2@db/legal", b"hunter2", "hunter2" * 2000])
def test_a_refused_value_of_a_variable_is_never_repeated(value: object) -> None:
    assert "hunter2" not in refusal(env_var, name="API_KEY", value=value)


def test_a_variables_value_is_left_out_of_its_representation() -> None:
    assert "debug" not in repr(env_var(value="debug"))


def test_an_address_without_a_password_is_no_secret() -> None:
    assert env_var(name="BASE_URL", value="https://example.com:8443/a@b").value == "https://example.com:8443/a@b"


@pytest.mark.parametrize("disk_gigabytes", [1, 5, 25, 16_380])
def test_a_disk_of_one_gigabyte_or_a_multiple_of_five_is_taken(disk_gigabytes: int) -> None:
    assert postgres(disk_gigabytes=disk_gigabytes).disk_gigabytes == disk_gigabytes
