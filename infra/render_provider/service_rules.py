"""What a service's declaration must keep to, beyond types: Render's rules on runtimes, scaling and disks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from infra.render_provider.behaviour import Values
from infra.render_provider.ownership import mark_problems
from infra.render_provider.values import UNKNOWN

_SOURCES = {
    "repo": "a repository",
    "branch": "a branch",
    "rootDir": "a root folder",
    "buildCommand": "a build command",
    "startCommand": "a start command",
    "dockerContext": "a Docker context",
    "dockerfilePath": "a Dockerfile",
}


def service_problems(inputs: Values, old_inputs: Values) -> list[str]:
    """Every broken rule, one sentence each; values that are not known yet break none."""
    return [
        *_runtime_problems(inputs),
        *_scaling_problems(inputs),
        *_disk_problems(inputs, old_inputs),
        *_health_problems(inputs),
        *mark_problems(inputs, old_inputs),
    ]


def _runtime_problems(inputs: Values) -> Iterator[str]:
    runtime = inputs.get("runtime")
    if runtime is UNKNOWN or runtime is None:
        return
    if runtime == "image":
        yield from _needs(inputs, runtime, ["image"])
        yield from _excludes(inputs, runtime, list(_SOURCES))
    elif runtime == "docker":
        yield from _needs(inputs, runtime, ["repo"])
        yield from _excludes(inputs, runtime, ["image", "buildCommand", "startCommand"])
    else:
        yield from _needs(inputs, runtime, ["repo", "buildCommand", "startCommand"])
        yield from _excludes(inputs, runtime, ["image", "dockerCommand", "dockerContext", "dockerfilePath"])


def _needs(inputs: Values, runtime: str, names: list[str]) -> Iterator[str]:
    for name in names:
        if not _declared(inputs.get(name)):
            yield f'property "{name}" is required for runtime "{runtime}"'


def _excludes(inputs: Values, runtime: str, names: list[str]) -> Iterator[str]:
    for name in names:
        if _declared(inputs.get(name)):
            what = _SOURCES.get(name, f'"{name}"')
            yield f'property "{name}" does not go with runtime "{runtime}", which takes no {what.removeprefix("a ")}'


def _declared(value: Any) -> bool:
    return value is UNKNOWN or bool(value)


def _scaling_problems(inputs: Values) -> Iterator[str]:
    scaling = inputs.get("autoscaling")
    if not isinstance(scaling, dict):
        return
    fewest, most = scaling.get("min"), scaling.get("max")
    if isinstance(fewest, int) and isinstance(most, int) and fewest > most:
        yield f'property "autoscaling.min" value {fewest} is above "autoscaling.max" value {most}'
    if "cpuPercent" not in scaling and "memoryPercent" not in scaling:
        yield 'property "autoscaling" names nothing to scale on: give "cpuPercent", "memoryPercent" or both'
    if "disk" in inputs:
        yield 'property "autoscaling" does not go with "disk": Render cannot scale a service that has a disk'


def _disk_problems(inputs: Values, old_inputs: Values) -> Iterator[str]:
    disk = inputs.get("disk")
    if disk is None and "disk" in old_inputs:
        yield (
            'property "disk" cannot be left out while the disk exists: removing it would lose its data at once. '
            "Declare it, or delete it in Render's dashboard and run `pulumi refresh`"
        )
    if not isinstance(disk, dict):
        return
    instances = inputs.get("numInstances")
    if isinstance(instances, int) and instances > 1:
        yield f'property "numInstances" value {instances} does not go with "disk", which allows one instance'
    mount = disk.get("mountPath")
    if isinstance(mount, str) and not mount.startswith("/"):
        yield f'property "disk.mountPath" value "{mount}" is not absolute; start it with "/"'
    old_disk = old_inputs.get("disk")
    before = old_disk.get("sizeGB") if isinstance(old_disk, dict) else None
    size = disk.get("sizeGB")
    if isinstance(size, int) and isinstance(before, int) and size < before:
        yield f'property "disk.sizeGB" value {size} is below the present {before}: a disk at Render only grows'


def _health_problems(inputs: Values) -> Iterator[str]:
    path = inputs.get("healthCheckPath")
    if isinstance(path, str) and path and not path.startswith("/"):
        yield f'property "healthCheckPath" value "{path}" is not a path; start it with "/"'
