"""The production stack with something on Render exchanged, and what the comparison of hosting tells of it."""

from __future__ import annotations

from typing import Any

from reviewed_stacks import AT, PROD

from monitors.review import hosting
from monitors.review.changes import Change
from monitors.review.context import Context
from monitors.spec import EnvironmentGroup, EnvVar, PrivateService, Setting, SettingKind, Stack, WebService

NEW_SETTING = Setting(name="mailKey", kind=SettingKind.TEXT, meaning="The key of the mail vendor.", secret=True)
WEB_NAME, AI_NAME = "legal-platform-web", "legal-platform-ai-service"
TAKES_OVER = "new instances take over before the old ones stop, and requests go on being answered"


def platform(stack: Stack = PROD, **changes: Any) -> Stack:
    return stack.model_copy(update={"platform": stack.platform.model_copy(update=changes)})


def web(stack: Stack = PROD, **changes: Any) -> Stack:
    (service,) = stack.platform.web_services
    return platform(stack, web_services=(service.model_copy(update=changes),))


def ai(stack: Stack = PROD, **changes: Any) -> Stack:
    (service,) = stack.platform.private_services
    return platform(stack, private_services=(service.model_copy(update=changes),))


def database(stack: Stack = PROD, **changes: Any) -> Stack:
    (store,) = stack.platform.postgres
    return platform(stack, postgres=(store.model_copy(update=changes),))


def cache(stack: Stack = PROD, **changes: Any) -> Stack:
    (store,) = stack.platform.key_values
    return platform(stack, key_values=(store.model_copy(update=changes),))


def group(key: str, stack: Stack = PROD, **changes: Any) -> Stack:
    groups = tuple(one.model_copy(update=changes) if one.key == key else one for one in stack.platform.groups)
    return platform(stack, groups=groups)


def variables_of(holder: EnvironmentGroup | WebService | PrivateService, **values: Any) -> tuple[EnvVar, ...]:
    """Return a holder's variables with some set otherwise; None takes one away."""
    kept = {one.name: one.value for one in holder.variables} | values
    return tuple(EnvVar(name=name, value=value) for name, value in kept.items() if value is not None)


def group_called(key: str, stack: Stack = PROD) -> EnvironmentGroup:
    return next(one for one in stack.platform.groups if one.key == key)


def set_in_group(key: str, stack: Stack = PROD, **values: Any) -> Stack:
    return group(key, stack, variables=variables_of(group_called(key, stack), **values))


def changes(after: Stack, before: Stack = PROD) -> list[Change]:
    """Return what hosting alone tells."""
    return list(hosting.changes(Context(before, after, AT)))


def the_change(after: Stack, before: Stack = PROD) -> Change:
    (found,) = changes(after, before)
    return found


def told(change: Change) -> str:
    """Return everything that is said of a change, as one text."""
    return " ".join((change.headline, *(one.text for one in change.facts)))
