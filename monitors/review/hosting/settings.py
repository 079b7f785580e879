"""What has to be set, or taken out, before the next provisioning; a setting is told by its name, never by its value."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.review.changes import Area, Change, Danger, Operation
from monitors.review.context import Context
from monitors.review.findings import Finding
from monitors.review.hosting.naming import change_of
from monitors.review.phrases import quoted, sentence
from monitors.spec import Setting
from monitors.words import listed

_REFUSED = "provisioning refuses the stack until that is done"


def changes(context: Context) -> Iterator[Change]:
    """Yield a change for each setting that a stack needs from now on, no longer, or otherwise."""
    before, after = ({one.name: one for one in side.settings} for side in (context.before, context.after))
    stack = context.after.name
    for name, new in after.items():
        old = before.get(name)
        if old is None:
            yield _alone(new, Operation.ADDED, Danger.MEDIUM, "is new and has to be set before the next up", [
                Finding("meaning", f"What it holds: {new.meaning}", Danger.LOW, stands_alone=True),
                _command(new, stack),
            ])  # fmt: skip
        elif old != new:
            yield _changed(old, new, stack)
    for name, old in before.items():
        if name not in after:
            yield _alone(old, Operation.REMOVED, Danger.LOW, f"is not used by {stack} any more", [
                Finding("command", f"Where no other stack uses it either, take it out with: pulumi config rm --stack "
                        f"{stack} {name}", Danger.LOW, "provisioning refuses a key that nothing reads",
                        stands_alone=True),
            ])  # fmt: skip


def _changed(old: Setting, new: Setting, stack: str) -> Change:
    findings = _findings(old, new, stack)
    return change_of(f"setting/{new.name}", f'setting "{new.name}"', Area.SETTINGS, new, findings)


def _findings(old: Setting, new: Setting, stack: str) -> Iterator[Finding]:
    if not old.secret and new.secret:
        meaning = (
            "its value stands in clear in the stack file and in git's history, so replace it at its vendor first, then "
            f"set the new one, encrypted: {command(new, stack)}"
        )
        yield Finding("secret", "is a secret from now on", Danger.MEDIUM, meaning, "in clear", "encrypted", "secret")
    elif old.secret and not new.secret:
        meaning = f"it stands in clear in the stack file, in names and in the state: {command(new, stack)} --plaintext"
        yield Finding("secret", "is no secret any more", Danger.MEDIUM, meaning, "encrypted", "in clear", "secret")
    if old.kind is not new.kind:
        says = f"holds a value of the kind {new.kind}, before {old.kind}"
        yield Finding("kind", says, Danger.MEDIUM, f"where it does not fit, {_REFUSED}", str(old.kind), str(new.kind),
                      "kind")  # fmt: skip
    if old.choices != new.choices:
        was, now = (listed(one.choices, "or") if one.choices else "no choices" for one in (old, new))
        yield Finding("choices", f"is one of {now}, before one of {was}", Danger.LOW, "", was, now, "choices")
    if old.meaning != new.meaning:
        says = f"is described as {quoted(new.meaning)}, before {quoted(old.meaning)}"
        yield Finding("meaning", says, Danger.HARMLESS, "", old.meaning, new.meaning, "meaning")


def command(setting: Setting, stack: str) -> str:
    """Return the command that sets it; Pulumi asks for a secret, so that it reaches no shell's history."""
    value = "" if setting.secret else f" <{' | '.join(setting.choices) or setting.kind}>"
    return f"pulumi config set {'--secret ' if setting.secret else ''}--stack {stack} {setting.name}{value}"


def _command(setting: Setting, stack: str) -> Finding:
    asks = ", which asks for the value" if setting.secret else ""
    says = f"Set it in each stack that needs it: {command(setting, stack)}{asks}"
    return Finding("command", says, Danger.MEDIUM, _REFUSED, stands_alone=True)


def _alone(setting: Setting, operation: Operation, danger: Danger, says: str, facts: list[Finding]) -> Change:
    title = f'setting "{setting.name}"'
    return Change(
        subject=f"setting/{setting.name}",
        title=title,
        area=Area.SETTINGS,
        operation=operation,
        danger=danger,
        headline=sentence(f"{title} {says}"),
        facts=tuple(one.fact() for one in facts),
        place=setting.declared_at,
    )
