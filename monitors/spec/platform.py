"""What runs on Render: services, stores, shared environment variables and streams.

Names, plans and limits are those of Render's public API (https://api-docs.render.com).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from monitors.spec.base import Spec
from monitors.spec.settings import HostPortSetting, ImageSetting, SecretSetting, Setting, UrlSetting
from monitors.spec.values import FrozenDict, Key, Keys, NotBlank, OneTrimmedLine, Path, Table

Region = Literal["frankfurt", "oregon", "ohio", "singapore", "virginia"]
ServicePlan = Literal["starter", "standard", "pro", "pro_plus", "pro_max", "pro_ultra"]
PostgresPlan = Literal[
    "basic_256mb", "basic_1gb", "basic_4gb", "pro_4gb", "pro_8gb", "pro_16gb", "pro_32gb", "pro_64gb"
]
KeyValuePlan = Literal["free", "starter", "standard", "pro", "pro_plus"]
VariableName = Annotated[
    str, Field(pattern=r"^[A-Z][A-Z0-9_]*$", description="Write an upper-case name such as ANTHROPIC_API_KEY.")
]
ResourceName = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9-]*$",
        max_length=60,
        description="Write up to 60 lower-case letters, digits and hyphens, a letter first.",
    ),
]
DatabaseName = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9_]*$", description="Use lower-case letters, digits and underscores, a letter first."),
]
Instances = Annotated[int, Field(ge=1, le=100, description="Render runs 1 to 100 instances of a service.")]
Percent = Annotated[int, Field(ge=1, le=100, description="Give a percentage from 1 to 100.")]


_ONE_STREAM = "Give one at most: a Render workspace has one stream of a kind."
# Whole words: MAX_TOKENS and KEYBOARD are no secrets.
_SECRETIVE = frozenset({"KEY", "TOKEN", "SECRET", "PASSWORD", "PASSPHRASE", "CREDENTIALS", "DSN"})
_CREDENTIALS_IN_URL = r"://[^/\s:@]*:[^/\s@]+@"


class StoreAddress(Spec):
    """The secret connection string of a store, within Render's private network."""

    LABEL: ClassVar[str] = "store address"

    store: Key


class ServiceAddress(Spec):
    """The `host:port` of a private service."""

    LABEL: ClassVar[str] = "service address"

    service: Key


class IntegrationKey(Spec):
    """The secret key of a PagerDuty integration or event orchestration."""

    LABEL: ClassVar[str] = "integration key"

    integration: Key


class WebhookSecret(Spec):
    """The secret that PagerDuty signs a webhook subscription's requests with."""

    LABEL: ClassVar[str] = "webhook secret"

    webhook: Key


Value = (
    Annotated[str, Field(max_length=10_000)] | Setting | StoreAddress | ServiceAddress | IntegrationKey | WebhookSecret
)


class EnvVar(Spec):
    """An environment variable: a literal text, a setting, or what provisioning finds out."""

    LABEL: ClassVar[str] = "environment variable"

    name: VariableName
    value: Annotated[Value, Field(repr=False)]

    @model_validator(mode="after")
    def _secret_stays_secret(self) -> EnvVar:
        secretive = bool(_SECRETIVE.intersection(self.name.split("_")))
        if isinstance(self.value, str) and (secretive or re.search(_CREDENTIALS_IN_URL, self.value)):
            raise ValueError(
                f"value of {self.name} looks like a secret and is written in the spec; use a secret setting"
            )
        if isinstance(self.value, Setting) and secretive and not self.value.secret:
            raise ValueError(
                f'value of {self.name} looks like a secret, and setting "{self.value.name}" is not declared secret; '
                "declare it with secret=True"
            )
        return self


class EnvironmentGroup(Spec):
    """Variables and secret files that several services share; a secret file's content is a setting."""

    LABEL: ClassVar[str] = "environment group"

    key: Key
    name: ResourceName
    variables: tuple[EnvVar, ...]
    secret_files: Annotated[
        Table[SecretSetting], Field(description="Name settings that are declared with secret=True.")
    ] = FrozenDict()

    @model_validator(mode="after")
    def _names_differ(self) -> EnvironmentGroup:
        _refuse_repeats(self.variables)
        return self


class Autoscaling(Spec):
    """Between how many instances, and at what load of CPU and memory in percent, Render adds some."""

    LABEL: ClassVar[str] = "autoscaling"

    least: Instances
    most: Instances
    cpu_percent: Percent | None = None
    memory_percent: Percent | None = None

    @model_validator(mode="after")
    def _is_a_range(self) -> Autoscaling:
        if self.least > self.most:
            raise ValueError(f"least {self.least} is more than most {self.most}; swap them")
        if self.cpu_percent is None and self.memory_percent is None:
            raise ValueError("give cpu_percent, memory_percent or both")
        return self


class _Service(Spec):
    key: Key
    name: ResourceName
    image: ImageSetting
    plan: ServicePlan
    region: Region
    instances: Instances
    autoscaling: Autoscaling | None = None
    groups: Annotated[Keys, Field(description="Name each environment group once.")] = ()
    variables: tuple[EnvVar, ...] = ()
    pre_deploy_command: Annotated[str, NotBlank] | None = None
    shutdown_seconds: Annotated[int, Field(ge=1, le=300, description="Render takes 1 to 300 s.")] = 30

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> _Service:
        _refuse_repeats(self.variables)
        scaling = self.autoscaling
        if scaling and not scaling.least <= self.instances <= scaling.most:
            raise ValueError(
                f"instances {self.instances} is outside the autoscaling range {scaling.least} to {scaling.most}; "
                "start within it"
            )
        return self


class WebService(_Service):
    """A service with a public address; Render asks `health_check_path` and replaces instances that fail."""

    LABEL: ClassVar[str] = "web service"

    health_check_path: Path


class PrivateService(_Service):
    """A service on the private network alone; Render checks its port, so it has no health check path."""

    LABEL: ClassVar[str] = "private service"


class Postgres(Spec):
    """A database with daily backups, which Render keeps 7 days on its paid plans; it is always protected."""

    LABEL: ClassVar[str] = "Postgres database"

    key: Key
    name: ResourceName
    plan: PostgresPlan
    version: Literal["13", "14", "15", "16", "17"]
    region: Region
    disk_gigabytes: Annotated[int, Field(ge=1, le=16_384, description="Render takes 1 GB or a multiple of 5.")]
    database: DatabaseName
    user: DatabaseName
    high_availability: bool = False

    @model_validator(mode="after")
    def _is_possible(self) -> Postgres:
        if self.disk_gigabytes != 1 and self.disk_gigabytes % 5:
            more = self.disk_gigabytes // 5 * 5 + 5
            raise ValueError(f"disk_gigabytes {self.disk_gigabytes} is neither 1 nor a multiple of 5; use {more}")
        if self.high_availability and self.plan.startswith("basic"):
            raise ValueError(f"high_availability needs a pro plan; plan is {self.plan}, use pro_4gb or a larger one")
        return self


class KeyValue(Spec):
    """A Redis-compatible store; it is always protected."""

    LABEL: ClassVar[str] = "key-value store"

    key: Key
    name: ResourceName
    plan: KeyValuePlan
    region: Region
    eviction: Literal[
        "noeviction",
        "allkeys_lfu",
        "allkeys_lru",
        "allkeys_random",
        "volatile_lfu",
        "volatile_lru",
        "volatile_random",
        "volatile_ttl",
    ]


class LogStream(Spec):
    """Sends the logs of the whole Render workspace to a TLS syslog endpoint; a workspace has one."""

    LABEL: ClassVar[str] = "log stream"

    key: Key
    endpoint: HostPortSetting
    token: SecretSetting


class MetricsStream(Spec):
    """Sends the metrics of the whole Render workspace to New Relic; a workspace has one."""

    LABEL: ClassVar[str] = "metrics stream"

    key: Key
    url: UrlSetting
    token: SecretSetting


class Platform(Spec):
    """Everything on Render for one environment; `streams` belong to the workspace, so only one stack has them."""

    LABEL: ClassVar[str] = "platform"

    project: Annotated[
        str, Field(min_length=1, max_length=60, description="Use 1 to 60 characters on one line."), OneTrimmedLine
    ]
    groups: tuple[EnvironmentGroup, ...] = ()
    web_services: tuple[WebService, ...] = ()
    private_services: tuple[PrivateService, ...] = ()
    postgres: tuple[Postgres, ...] = ()
    key_values: tuple[KeyValue, ...] = ()
    log_streams: Annotated[tuple[LogStream, ...], Field(max_length=1, description=_ONE_STREAM)] = ()
    metrics_streams: Annotated[tuple[MetricsStream, ...], Field(max_length=1, description=_ONE_STREAM)] = ()


def _refuse_repeats(variables: tuple[EnvVar, ...]) -> None:
    names = Counter(variable.name for variable in variables)
    repeated = sorted(name for name, count in names.items() if count > 1)
    if repeated:
        raise ValueError(f"variables are given twice: {', '.join(repeated)}; give each once")
