"""What a comparison is asked beside its two sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from monitors.review.resources import Resources, resources_between
from monitors.spec import Stack

if TYPE_CHECKING:
    from monitors.nrql.evaluator import Data


@dataclass(frozen=True)
class Context:
    """Both sides of one stack and the circumstances.

    `at` is the moment, with a time zone, that "this week" is counted from; `data` is recorded data to replay both sides
    on, None where none was given.
    """

    before: Stack
    after: Stack
    at: datetime
    data: Data | None = None

    @cached_property
    def resources(self) -> Resources:
        """What provisioning does to resources, worked out once for all who ask."""
        return resources_between(self.before, self.after)
