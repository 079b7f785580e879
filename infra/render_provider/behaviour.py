"""What every resource type can do, and what it may use while doing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from infra.render_provider.client import Client
from infra.render_provider.properties import ResourceSchema
from infra.render_provider.redaction import Redactor

# Render gives a new deploy 15 minutes to become healthy before it cancels it (render.com/docs/health-checks).
DEPLOY_TIMEOUT_SECONDS = 900.0

Values = dict[str, Any]


@dataclass(frozen=True)
class Context:
    """The account, and the ways to speak to the person, for one operation on one resource.

    `claim` is called with the id of an object before it is adopted; it raises when another resource of the run has it.
    """

    client: Client
    log: Callable[[str], None]
    claim: Callable[[str], None]
    redactor: Redactor = field(default_factory=Redactor)
    timeout_seconds: float = DEPLOY_TIMEOUT_SECONDS


@dataclass(frozen=True)
class Made:
    """A created (or adopted) object: its id and its outputs."""

    object_id: str
    outputs: Values


@dataclass(frozen=True)
class Seen:
    """An object as it is at Render: the inputs that would declare it, and its outputs."""

    inputs: Values
    outputs: Values


class Behaviour(Protocol):
    """One resource type.

    Inputs are complete (checked, defaults filled in) plain values. Every method that talks to Render raises
    `RenderProviderError`; `InitializationFailed` when the object exists but does not work.
    """

    @property
    def schema(self) -> ResourceSchema:
        """The properties."""

    def rules(self, inputs: Values, old_inputs: Values) -> list[str]:
        """Problems that the schema cannot express; values may be `UNKNOWN`. No call to Render."""

    def foresee(self, old: Values, inputs: Values) -> Values:
        """Outputs that an update from `old` to `inputs` changes, `UNKNOWN` where only Render can tell. No call."""

    def repairs(self, old: Mapping[str, Any]) -> set[str]:
        """Outputs whose present value asks for an update although no input changed, such as a failed deploy."""

    def create(self, context: Context, inputs: Values) -> Made:
        """Create the object, or adopt the one that an interrupted run created."""

    def read(self, context: Context, object_id: str, known: Values) -> Seen | None:
        """The object as it is now, None when it is gone; `known` is the state (empty on import)."""

    def update(self, context: Context, object_id: str, old: Values, inputs: Values) -> Values:
        """Bring the object to the inputs; the new outputs."""

    def delete(self, context: Context, object_id: str, old: Values) -> None:
        """Delete the object; one that is gone already is fine."""
