"""What an edit of an environment group changes: what its services are told, and that they are deployed for it."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.review.changes import Danger
from monitors.review.findings import Finding
from monitors.review.hosting import variables
from monitors.review.hosting.variables import IsRenewed
from monitors.review.phrases import quoted
from monitors.spec import EnvironmentGroup, Stack
from monitors.words import counted, listed


def changed(old: EnvironmentGroup, new: EnvironmentGroup, after: Stack, is_renewed: IsRenewed) -> Iterator[Finding]:
    """Yield what differs in a group, and which services are deployed for it."""
    content = [*variables.findings(old.variables, new.variables, is_renewed), *_files(old, new)]
    yield from content
    if any(one.danger > Danger.HARMLESS for one in content):
        yield deployed(new, after)
    if old.name != new.name:
        says = f"is called {quoted(new.name)} at Render, before {quoted(old.name)}"
        yield Finding("name", says, Danger.HARMLESS, "it stays the same group", old.name, new.name, "name")
    if old.key != new.key:
        yield renamed_key(old.key, new.key)


def added(new: EnvironmentGroup) -> Iterator[Finding]:
    """Yield what a new group holds."""
    for one in new.variables:
        yield Finding("variable", f"holds {one.name}, {variables.source(one.value)}", Danger.LOW)
    for name, setting in new.secret_files.items():
        yield Finding("secret file", f'holds the secret file {name} from the setting "{setting.name}"', Danger.LOW)


def removed(old: EnvironmentGroup) -> Iterator[Finding]:
    """Yield what was in a group that is gone."""
    names = [*(one.name for one in old.variables), *old.secret_files]
    if names:
        yield Finding("variable", f"held {listed(names)}", Danger.MEDIUM, "no service has them from it any more")


def deployed(group: EnvironmentGroup, stack: Stack) -> Finding:
    """Return which services are deployed because a group's content is another one."""
    users = users_of(group.key, stack)
    if not users:
        return Finding("restart", "is used by no service: nothing restarts", Danger.HARMLESS)
    names = listed(f'"{one}"' for one in users)
    says = f"restarts {names}, by one deploy{'' if len(users) == 1 else ' each'}, however many variables differ"
    meaning = "new instances take over before the old ones stop, and requests go on being answered"
    return Finding("restart", says, Danger.LOW, meaning, None, counted(len(users), "deploy"))


def users_of(key: str, stack: Stack) -> list[str]:
    """Return the services that use a group, as Render calls them."""
    services = (*stack.platform.web_services, *stack.platform.private_services)
    return [one.name for one in services if key in one.groups]


def renamed_key(old: str, new: str) -> Finding:
    """Return what another key means to what Render knows by its name: it is found by that, and kept."""
    says = f"has the key {quoted(new)}, before {quoted(old)}"
    meaning = "provisioning finds it at Render by its name and keeps it, where the name is the same"
    return Finding("key", says, Danger.LOW, meaning, old, new, "key")


def _files(old: EnvironmentGroup, new: EnvironmentGroup) -> Iterator[Finding]:
    for name in dict.fromkeys((*new.secret_files, *old.secret_files)):
        was, now = old.secret_files.get(name), new.secret_files.get(name)
        field = f"secret_files[{name}]"
        if was == now:
            continue
        if was is None or now is None:
            setting = now or was
            assert setting is not None, "one side has the file"
            says = (
                f"{'has the new' if was is None else 'has no'} secret file {name}{'' if was is None else ' any more'}"
            )
            yield Finding("secret file", f'{says}, from the setting "{setting.name}"',
                          Danger.LOW if was is None else Danger.MEDIUM, field=field)  # fmt: skip
        elif was.name == now.name:
            says = f'still has the secret file {name} from the setting "{now.name}", which is declared otherwise'
            yield Finding("secret file", says, Danger.HARMLESS, field=field)
        else:
            says = f'has the secret file {name} from the setting "{now.name}", before from "{was.name}"'
            yield Finding("secret file", says, Danger.LOW, "", was.name, now.name, field)
