"""The parts that the resources of the Render provider are declared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import pulumi


@dataclass(frozen=True)
class EnvironmentSpec:
    """One environment of a project."""

    name: str
    protected: bool = False
    network_isolation: bool = False

    def to_wire(self) -> dict[str, Any]:
        """The provider's form."""
        status = "protected" if self.protected else "unprotected"
        return {"name": self.name, "protectedStatus": status, "networkIsolationEnabled": self.network_isolation}


@dataclass(frozen=True)
class IpRange:
    """A network that may connect from outside Render."""

    cidr_block: str
    description: str = ""

    def to_wire(self) -> dict[str, Any]:
        """The provider's form."""
        return {"cidrBlock": self.cidr_block, "description": self.description}


@dataclass(frozen=True)
class ImageSource:
    """A service that runs a container image."""

    image_path: pulumi.Input[str]
    registry_credential_id: pulumi.Input[str] | None = None
    docker_command: str | None = None

    def to_wire(self) -> dict[str, Any]:
        """The provider's properties."""
        image = given(imagePath=self.image_path, registryCredentialId=self.registry_credential_id)
        return given(runtime="image", image=image, dockerCommand=self.docker_command)


@dataclass(frozen=True)
class DockerSource:
    """A service whose image Render builds from a Dockerfile in a repository."""

    repo: pulumi.Input[str]
    branch: str | None = None
    root_dir: str | None = None
    dockerfile_path: str | None = None
    docker_context: str | None = None
    docker_command: str | None = None

    def to_wire(self) -> dict[str, Any]:
        """The provider's properties."""
        return given(
            runtime="docker",
            repo=self.repo,
            branch=self.branch,
            rootDir=self.root_dir,
            dockerfilePath=self.dockerfile_path,
            dockerContext=self.docker_context,
            dockerCommand=self.docker_command,
        )


@dataclass(frozen=True)
class NativeSource:
    """A service that Render builds with one of its own runtimes, such as `python`."""

    runtime: str
    repo: pulumi.Input[str]
    build_command: str
    start_command: str
    branch: str | None = None
    root_dir: str | None = None

    def to_wire(self) -> dict[str, Any]:
        """The provider's properties."""
        return given(
            runtime=self.runtime,
            repo=self.repo,
            branch=self.branch,
            rootDir=self.root_dir,
            buildCommand=self.build_command,
            startCommand=self.start_command,
        )


Source: TypeAlias = ImageSource | DockerSource | NativeSource


@dataclass(frozen=True)
class Autoscaling:
    """Scales between two sizes on average CPU, memory or both."""

    min_instances: int
    max_instances: int
    cpu_percent: int | None = None
    memory_percent: int | None = None

    def to_wire(self) -> dict[str, Any]:
        """The provider's form."""
        return given(
            min=self.min_instances,
            max=self.max_instances,
            cpuPercent=self.cpu_percent,
            memoryPercent=self.memory_percent,
        )


@dataclass(frozen=True)
class Disk:
    """A persistent disk; its size only grows."""

    name: str
    mount_path: str
    size_gigabytes: int = 1

    def to_wire(self) -> dict[str, Any]:
        """The provider's form."""
        return {"name": self.name, "mountPath": self.mount_path, "sizeGB": self.size_gigabytes}


def given(**values: Any) -> dict[str, Any]:
    """The values that were given: those that are not None."""
    return {name: value for name, value in values.items() if value is not None}
