"""What tests of the program share: a recording of what a function registers, and a context with seeded settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pulumi

from infra.context import Context
from infra.recording import SECRET, Recording, Registration, record
from monitors.spec import Setting

__all__ = ["SECRET", "Recording", "Registration", "SeededSettings", "a_context", "recorded", "secret_marker"]

ACCOUNT_ID = "1000001"


def secret_marker(setting: Setting) -> str:
    """The clear text that a secret setting has in tests: it may be found nowhere but inside a secret."""
    return f"clear-text-of-{setting.name}"


@dataclass(frozen=True)
class SeededSettings:
    """Settings by name; one that was not given has a text that tells its own name."""

    given: Mapping[str, str] = field(default_factory=dict)
    user_ids: Mapping[str, str] = field(default_factory=dict)

    def text(self, setting: Setting) -> str:
        assert not setting.secret, f"{setting.name} is secret and is read in clear"
        return self.given.get(setting.name, f"value-of-{setting.name}")

    def texts(self, setting: Setting) -> tuple[str, ...]:
        return tuple(self.text(setting).split(","))

    def ids(self, setting: Setting) -> Mapping[str, str]:
        return self.user_ids

    def secret(self, setting: Setting) -> pulumi.Output[str]:
        assert setting.secret, f"{setting.name} is no secret and is read as one"
        return pulumi.Output.secret(secret_marker(setting))


def a_context(
    stack: str = "staging", settings: Mapping[str, str] | None = None, user_ids: Mapping[str, str] | None = None
) -> Context:
    """A context with fixed tags and account, whose settings are those given and markers for the rest."""
    return Context(
        stack=stack,
        account_id=ACCOUNT_ID,
        runbook_base_url="https://runbooks.example/runbooks",
        tags={"team": "platform", "service": "legal-platform", "env": stack, "managed-by": "pulumi"},
        settings=SeededSettings(dict(settings or {}), dict(user_ids or {})),
    )


def recorded(program: Callable[[], None], stack: str = "staging") -> Recording:
    """What a function registers, secrets masked; every resource is there, and an unknown look-up is refused."""
    return record(program, stack=stack)
