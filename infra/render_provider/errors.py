"""What the provider tells a person when something cannot be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class RenderProviderError(Exception):
    """A request cannot be carried out; the text names the thing, the value and the next step."""


class ApiError(RenderProviderError):
    """Render's API refused a request, or gave no answer within the tries allowed.

    `status` is the HTTP status, 0 when no answer came. The text holds the method, the path, the status, Render's own
    message and its id for the error: never the key, a header or a body that was sent.
    """

    def __init__(self, method: str, path: str, status: int, message: str, error_id: str = "") -> None:
        reference = f" (Render's id for this error: {error_id})" if error_id else ""
        answered = f"answered {status}" if status else "gave no answer"
        super().__init__(f"Render API: {method} {path} {answered}: {message}{reference}")
        self.status = status


class Cancelled(RenderProviderError):
    """The person stopped the run while the provider was waiting."""

    def __init__(self) -> None:
        super().__init__("the run was cancelled while waiting for Render; run `pulumi up` again to carry on from here")


class InitializationFailed(RenderProviderError):
    """The object exists at Render, but it does not work yet.

    The engine keeps `object_id` and `outputs` in the state, so the next `pulumi up` repairs the object and does not
    create a second one.
    """

    def __init__(self, object_id: str, outputs: Mapping[str, Any], reason: str) -> None:
        super().__init__(reason)
        self.object_id = object_id
        self.outputs = dict(outputs)
