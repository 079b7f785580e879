"""What differs between staging and prod; everything else in the catalogue is the same for both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from monitors.spec import Autoscaling
from monitors.spec.platform import KeyValuePlan, PostgresPlan, ServicePlan

Name = Literal["staging", "prod"]


@dataclass(frozen=True)
class Environment:
    """One environment: its sizes, and whether somebody may be woken at night.

    `suffix` follows the names of Render's resources, `wakes` says that pages go out at every hour, and
    `first_rollout_percentage` is the share of users with skills on before anybody has set it.
    """

    name: Name
    suffix: str
    wakes: bool
    web_plan: ServicePlan
    ai_plan: ServicePlan
    web_instances: int
    web_autoscaling: Autoscaling
    postgres_plan: PostgresPlan
    postgres_disk_gigabytes: int
    key_value_plan: KeyValuePlan
    has_workspace_streams: bool
    first_rollout_percentage: int

    def named(self, name: str) -> str:
        """Return the name of something that both environments have, in an account that they may share."""
        return f"{name} ({self.name})"


_PROD: Final = Environment(
    name="prod",
    suffix="",
    wakes=True,
    web_plan="standard",
    ai_plan="standard",
    web_instances=2,
    web_autoscaling=Autoscaling(least=2, most=10, cpu_percent=70, memory_percent=80),
    # 1 GB of memory, as required; Render's legacy plan of that size can no longer be ordered for new databases.
    postgres_plan="basic_1gb",
    postgres_disk_gigabytes=25,
    key_value_plan="starter",  # 256 MB
    has_workspace_streams=True,
    first_rollout_percentage=5,  # the first stage of the rollout, 72 hours
)
_STAGING: Final = Environment(
    name="staging",
    suffix="-staging",
    wakes=False,
    web_plan="starter",
    ai_plan="starter",
    web_instances=1,
    web_autoscaling=Autoscaling(least=1, most=2, cpu_percent=70, memory_percent=80),
    postgres_plan="basic_256mb",
    postgres_disk_gigabytes=5,
    key_value_plan="starter",
    # A Render workspace has one log stream and one metrics stream, which carry every environment's data.
    has_workspace_streams=False,
    first_rollout_percentage=100,  # staging is where everything is tried
)
ENVIRONMENTS: Final = {environment.name: environment for environment in (_STAGING, _PROD)}
