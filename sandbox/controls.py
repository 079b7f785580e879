"""What a person or a test sets on a running sandbox: its pace, and faults for the next requests or deploys to meet."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

# Twenty services an hour is Render's real limit; a newcomer's tenth `up` of the day must not meet it.
_RATE_LIMIT_MULTIPLIER = 50.0
_DEPLOY_SECONDS = 0.6
# Render lets a database's disk grow once in 12 hours (render.com/docs/postgresql-creating-connecting).
_DISK_COOLDOWN_SECONDS = 12 * 3600.0


class ControlError(ValueError):
    """A setting or a fault is not possible; the text names the field and what is allowed."""


class AnswerLost(BaseException):
    """A request's work is done and its answer shall not arrive: the outermost layer closes the connection.

    No `Exception`, because Starlette answers 500 to every one of those before an outer layer can see it.
    """


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Settings(_Closed):
    """The sandbox's pace.

    `deploy_seconds` is how long one deploy takes in all (0.6); `rate_limit_multiplier` is applied to Render's own rate
    limits (50, 1 being Render's figures); `disk_cooldown_seconds` is how long a database's disk cannot grow again (12
    hours).
    """

    deploy_seconds: Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)] = _DEPLOY_SECONDS
    rate_limit_multiplier: Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)] = _RATE_LIMIT_MULTIPLIER
    disk_cooldown_seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] = _DISK_COOLDOWN_SECONDS


class RequestFault(_Closed):
    """The next `times` requests of this method whose path fits meet one fault.

    `*` in `path` stands for any part of one segment, `**` for anything: `/render/v1/services/*/deploys`. Either
    `status` (answered with `message` and `headers`, nothing is done), or `lose_answer` (the work is done, then the
    connection breaks), or `delay_seconds` (the answer comes late).
    """

    kind: Literal["request"]
    method: Literal["*", "GET", "POST", "PUT", "PATCH", "DELETE"] = "*"
    path: Annotated[str, Field(pattern="^/")]
    times: Annotated[int, Field(ge=1)] = 1
    status: Annotated[int | None, Field(ge=400, le=599)] = None
    message: str = "injected by the sandbox's fault control"
    headers: Mapping[str, str] = {}
    lose_answer: bool = False
    delay_seconds: Annotated[float, Field(ge=0, le=600)] = 0

    @model_validator(mode="after")
    def _one_fault(self) -> RequestFault:
        if sum([self.status is not None, self.lose_answer, self.delay_seconds > 0]) != 1:
            raise ValueError("give exactly one of status, lose_answer and delay_seconds")
        return self

    def fits(self, method: str, path: str) -> bool:
        """Whether a request meets the fault."""
        return self.method in {"*", method} and re.fullmatch(_regular(self.path), path) is not None


class DeployFault(_Closed):
    """The next `times` deploys of a service (its name or id, `*` for any) end with `status`.

    `reason` is told by the service's events as Render tells it, `log` are the last lines of the service's log; both
    have Render's usual words for the status by default.
    """

    kind: Literal["deploy"]
    service: str = "*"
    status: Literal["build_failed", "pre_deploy_failed", "update_failed"]
    times: Annotated[int, Field(ge=1)] = 1
    reason: str | None = None
    log: tuple[str, ...] | None = None


Fault = RequestFault | DeployFault
_FAULT: TypeAdapter[Fault] = TypeAdapter(Annotated[Fault, Field(discriminator="kind")])


class Controls:
    """The settings and the faults that wait; thread-safe. They last as long as the server's process."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or settings_from_environment()
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    @property
    def settings(self) -> Settings:
        """The settings at present."""
        return self._settings

    def change_settings(self, changes: Any) -> Settings:
        """Set the given settings and keep the others.

        Raises:
            ControlError: A setting is unknown or its value is not possible.
        """
        if not isinstance(changes, dict):
            raise ControlError("the body has to be a JSON object of settings")
        with self._lock:
            try:
                self._settings = Settings.model_validate(self._settings.model_dump() | changes)
            except ValidationError as error:
                raise ControlError(_told(error)) from None
            return self._settings

    def add_fault(self, document: Any) -> Fault:
        """Let a fault wait for its request or deploy.

        Raises:
            ControlError: The document describes no fault.
        """
        try:
            fault: Fault = _FAULT.validate_python(document)
        except ValidationError as error:
            raise ControlError(_told(error)) from None
        with self._lock:
            self._faults.append(fault)
        return fault

    def take_request_fault(self, method: str, path: str) -> RequestFault | None:
        """The first waiting fault that the request meets, counted down."""
        with self._lock:
            for fault in self._faults:
                if isinstance(fault, RequestFault) and fault.fits(method, path):
                    self._count_down(fault)
                    return fault
        return None

    def take_deploy_fault(self, names: set[str], possible: set[str]) -> DeployFault | None:
        """The first waiting fault for a deploy of the service with these names; `possible` are the ways it can end."""
        with self._lock:
            for fault in self._faults:
                if isinstance(fault, DeployFault) and fault.service in names | {"*"} and fault.status in possible:
                    self._count_down(fault)
                    return fault
        return None

    def waiting_faults(self) -> list[dict[str, Any]]:
        """The faults that have not been met yet, in the order they wait."""
        with self._lock:
            return [fault.model_dump(mode="json") for fault in self._faults]

    def clear_faults(self) -> None:
        """Forget every fault that waits."""
        with self._lock:
            self._faults.clear()

    def _count_down(self, fault: Fault) -> None:
        # By identity: two equal faults wait for two turns.
        place = next(index for index, waiting in enumerate(self._faults) if waiting is fault)
        if fault.times > 1:
            self._faults[place] = fault.model_copy(update={"times": fault.times - 1})
        else:
            del self._faults[place]


def settings_from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The defaults, changed by LOOKOUT_SANDBOX_DEPLOY_SECONDS and LOOKOUT_SANDBOX_RATE_LIMIT_MULTIPLIER.

    Raises:
        ControlError: A variable's value is not possible.
    """
    names = {name: f"LOOKOUT_SANDBOX_{name.upper()}" for name in ("deploy_seconds", "rate_limit_multiplier")}
    given = {name: environment[variable] for name, variable in names.items() if environment.get(variable)}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise ControlError(f'environment variable {names[name]} is "{given[name]}": {_told(error)}') from None


def _told(error: ValidationError) -> str:
    return "; ".join(_sentence(one) for one in error.errors(include_url=False, include_context=False))


def _sentence(one: Any) -> str:
    where = ".".join(str(part) for part in one["loc"])
    return f'"{where}": {one["msg"]}' if where else str(one["msg"])


def _regular(pattern: str) -> str:
    parts = re.split(r"(\*\*|\*)", pattern)
    return "".join({"**": ".*", "*": "[^/]*"}.get(part, re.escape(part)) for part in parts)
