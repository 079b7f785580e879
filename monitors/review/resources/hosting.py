"""What runs on Render, as resources, as infra registers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from monitors.review.resources.registered import Ref, Registered, Surroundings, value_of
from monitors.spec import (
    EnvironmentGroup,
    EnvVar,
    IntegrationKey,
    KeyValue,
    LogStream,
    MetricsStream,
    Postgres,
    PrivateService,
    ServiceAddress,
    Setting,
    StoreAddress,
    Value,
    WebhookSecret,
    WebService,
)

_PLACE = Ref("Project", "project", "environmentIds")


def project(around: Surroundings, name: str) -> Iterator[Registered]:
    """Yield the project with the stack's environment."""
    yield Registered("Project", "project", {"name": name, "environments": around.stack})


def store(around: Surroundings, spec: Postgres | KeyValue) -> Iterator[Registered]:
    """Yield a store, which is protected."""
    shared = {"name": spec.name, "environmentId": _PLACE, "plan": spec.plan, "region": spec.region}
    if isinstance(spec, KeyValue):
        inputs = {**shared, "maxmemoryPolicy": spec.eviction}
        yield Registered("KeyValue", spec.key, inputs, serves="store", is_protected=True)
        return
    inputs = {
        **shared,
        "version": spec.version,
        "databaseName": spec.database,
        "databaseUser": spec.user,
        "diskSizeGB": spec.disk_gigabytes,
        "highAvailability": spec.high_availability,
    }
    yield Registered("Postgres", spec.key, inputs, serves="store", is_protected=True)


def group(around: Surroundings, spec: EnvironmentGroup) -> Iterator[Registered]:
    """Yield an environment group."""
    inputs = {
        "name": spec.name,
        "managedBy": around.owner,
        "environmentId": _PLACE,
        "envVars": _values(spec.variables),
        "secretFiles": {name: value_of(setting) for name, setting in spec.secret_files.items()},
    }
    yield Registered("EnvironmentGroup", spec.key, inputs)


def service(around: Surroundings, spec: WebService | PrivateService) -> Iterator[Registered]:
    """Yield a service; what it is told of a group is a fingerprint of the group's content."""
    inputs = {
        "name": spec.name,
        "managedBy": around.owner,
        "environmentId": _PLACE,
        "plan": spec.plan,
        "region": spec.region,
        "image": value_of(spec.image),
        "numInstances": spec.instances,
        "autoscaling": spec.autoscaling,
        "envVars": _values(spec.variables),
        "environmentGroups": {
            Ref("EnvironmentGroup", key): Ref("EnvironmentGroup", key, "contentHash") for key in spec.groups
        },
        "maxShutdownDelaySeconds": spec.shutdown_seconds,
        "preDeployCommand": spec.pre_deploy_command,
    }
    if isinstance(spec, WebService):
        inputs["healthCheckPath"] = spec.health_check_path
        yield Registered("WebService", spec.key, inputs, serves="service")
    else:
        yield Registered("PrivateService", spec.key, inputs, serves="service")


def stream(around: Surroundings, spec: LogStream | MetricsStream) -> Iterator[Registered]:
    """Yield a stream of the workspace."""
    if isinstance(spec, LogStream):
        inputs = {"endpoint": value_of(spec.endpoint), "token": value_of(spec.token)}
        yield Registered("LogStream", spec.key, inputs)
    else:
        inputs = {"url": value_of(spec.url), "token": value_of(spec.token)}
        yield Registered("MetricsStream", spec.key, inputs)


def _values(variables: Sequence[EnvVar]) -> Mapping[str, Any]:
    return {variable.name: value_of_variable(variable.value) for variable in variables}


def value_of_variable(value: Value) -> Any:
    """Return what a variable is given: a text, what stands for a setting's value, or a reference."""
    match value:
        case str():
            return value
        case Setting():
            return value_of(value)
        case StoreAddress(store=key):
            return Ref("store", key, "internalConnectionString")
        case ServiceAddress(service=key):
            return Ref("service", key, "internalHost")
        case IntegrationKey(integration=key):
            return Ref("integration", key, "key")
        case WebhookSecret(webhook=key):
            return Ref("WebhookSubscription", key, "secret")
