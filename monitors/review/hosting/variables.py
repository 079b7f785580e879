"""What differs in the variables and secret files of a service or a group; secrets are told by where they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from monitors.review.changes import Danger
from monitors.review.findings import Finding
from monitors.review.hosting import literals
from monitors.review.resources.hosting import value_of_variable
from monitors.review.resources.registered import Ref
from monitors.spec import (
    EnvVar,
    IntegrationKey,
    ServiceAddress,
    Setting,
    StoreAddress,
    Value,
    WebhookSecret,
)

IsRenewed = Callable[[Ref], bool]


def findings(before: Sequence[EnvVar], after: Sequence[EnvVar], is_renewed: IsRenewed) -> Iterator[Finding]:
    """Yield what differs in some variables; `is_renewed` says what provisioning makes anew."""
    was, now = ({one.name: one for one in side} for side in (before, after))
    for name, new in now.items():
        old = was.get(name)
        if old is None:
            yield _one(name, f"has the new variable {name}, {source(new.value)}", None, new.value)
        elif old != new:
            yield from _changed(name, old.value, new.value)
        else:
            yield from renewed(new, is_renewed)
    for name, old in was.items():
        if name not in now:
            says = f"has no variable {name} any more, before {source(old.value)}"
            yield _one(name, says, old.value, None, Danger.MEDIUM)
    if [*was] != [*now] and {*was} == {*now}:
        yield Finding("order", "lists its variables in another order", Danger.HARMLESS, field="variables")


def renewed(one: EnvVar, is_renewed: IsRenewed) -> Iterator[Finding]:
    """Yield that a variable gets another value, though nothing in its own spec differs."""
    value = value_of_variable(one.value)
    if isinstance(value, Ref) and is_renewed(value):
        yield Finding(
            "variable", f"is given another value for {one.name}, {source(one.value)}, which is made anew", Danger.LOW
        )


def source(value: Value) -> str:
    """Return where a variable's value comes from, or the value where it may be shown."""
    match value:
        case str():
            shown = literals.shown(value)
            return f"set to {shown}" if shown else "whose value is not shown, as it may be a secret"
        case Setting(name=name):
            return f'from the setting "{name}"'
        case StoreAddress(store=key):
            return f'the address of the store "{key}"'
        case ServiceAddress(service=key):
            return f'the address of the service "{key}"'
        case IntegrationKey(integration=key):
            return f'the key of the integration "{key}"'
        case WebhookSecret(webhook=key):
            return f'the secret of the webhook "{key}"'


def _changed(name: str, old: Value, new: Value) -> Iterator[Finding]:
    if isinstance(old, Setting) and isinstance(new, Setting) and old.name == new.name:
        says = f'still has {name} from the setting "{new.name}", which is declared otherwise'
        yield _one(name, says, old, new, Danger.HARMLESS)
    elif isinstance(old, str) and isinstance(new, str):
        was, now = literals.shown(old), literals.shown(new)
        if was and now:
            yield _one(name, f"has {name} set to {now}, before {was}", old, new)
        else:
            yield Finding(
                "variable", f"has another value for {name}, which is not shown, as it may be a secret", Danger.LOW,
                field=_field(name),
            )  # fmt: skip
    else:
        yield _one(name, f"has {name} {source(new)}, before {source(old)}", old, new)


def _one(name: str, says: str, old: Value | None, new: Value | None, danger: Danger = Danger.LOW) -> Finding:
    was, now = ("none" if one is None else source(one).removeprefix("set to ") for one in (old, new))
    return Finding("variable", says, danger, "", was, now, _field(name))


def _field(name: str) -> str:
    return f"variables[{name}]"
