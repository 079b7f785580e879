"""What an edit of a service changes: whether it restarts, how much it can take, and what it costs a month.

What needs a deploy and what forces a new service are as infra's provider for Render has it; times are Render's
(https://render.com/docs/deploys and https://render.com/docs/health-checks).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.review.changes import Danger
from monitors.review.findings import Finding
from monitors.review.hosting import costs, literals, prices, variables
from monitors.review.hosting.groups import renamed_key
from monitors.review.hosting.scaling import scaling
from monitors.review.hosting.variables import IsRenewed
from monitors.review.phrases import quoted
from monitors.spec import PrivateService, WebService
from monitors.words import duration, listed, number

Service = WebService | PrivateService
# What running instances keep from their start, so that it takes a deploy.
_DEPLOYED: Final = ("image", "plan", "variables", "groups", "health_check_path", "shutdown_seconds")
_TAKES_OVER: Final = "new instances take over before the old ones stop, and requests go on being answered"
_NEXT_DEPLOY: Final = "it runs with the next deploy; nothing restarts for it"


def changed(old: Service, new: Service, is_renewed: IsRenewed) -> Iterator[Finding]:
    """Yield what differs in a service."""
    own = [*_settings(old, new), *variables.findings(old.variables, new.variables, is_renewed), *_groups(old, new)]
    yield from own
    yield from scaling(old, new)
    # A group's change tells of the deploys it causes, and a service in another region is another one.
    if old.region == new.region and any(one.danger > Danger.HARMLESS and _is_deployed(one) for one in own):
        yield Finding("restart", "restarts by one deploy, whatever differs", Danger.LOW, _TAKES_OVER, None, "1 deploy")
    if old.name != new.name:
        says = f"is called {quoted(new.name)} at Render, before {quoted(old.name)}"
        meaning = "it stays the same service, and nothing restarts for it"
        yield Finding("name", says, Danger.LOW, meaning, old.name, new.name, "name")
    if old.key != new.key:
        yield renamed_key(old.key, new.key)
    yield from costs.difference(old, new)


def added(new: Service) -> Iterator[Finding]:
    """Yield what a new service is and costs."""
    yield Finding("image", f'runs the image that the setting "{new.image.name}" names', Danger.LOW)
    yield Finding("plan", f"runs on the plan {_plan(new)} in {new.region}", Danger.LOW)
    for one in new.variables:
        yield Finding("variable", f"has {one.name}, {variables.source(one.value)}", Danger.LOW)
    if new.groups:
        yield Finding("groups", f"uses {_named(new.groups)}", Danger.LOW)
    yield costs.of_new(new)


def removed(old: Service) -> Iterator[Finding]:
    """Yield what is lost with a service that is gone."""
    meaning = "and its deploys can no longer be rolled back to"
    yield Finding("what is lost", f"is deleted at Render {meaning}", Danger.HIGH)
    yield costs.of_gone(old)


def _settings(old: Service, new: Service) -> Iterator[Finding]:
    if old.region != new.region:
        says = f"runs in {new.region}, before in {old.region}"
        meaning = "Render moves no service: it is deleted, and down until a new one is live there"
        yield Finding("region", says, Danger.HIGH, meaning, old.region, new.region, "region")
    if old.image != new.image:
        yield _image(old, new)
    if old.plan != new.plan:
        less = _memory(new) < _memory(old)
        meaning = "with less memory it may be killed where it was not before" if less else ""
        says = f"runs on the plan {_plan(new)}, before {_plan(old)}"
        yield Finding("plan", says, Danger.MEDIUM if less else Danger.LOW, meaning, old.plan, new.plan, "plan")
    if isinstance(old, WebService) and isinstance(new, WebService) and old.health_check_path != new.health_check_path:
        says = f"is asked for its health at {new.health_check_path}, before at {old.health_check_path}"
        meaning = (
            "an instance that does not answer there gets no requests after 15 s and is restarted after 60 s, and a "
            "deploy none of whose instances does is called off after 15 min"
        )
        yield Finding("health check", says, Danger.MEDIUM, meaning, old.health_check_path, new.health_check_path,
                      "health_check_path")  # fmt: skip
    yield from _commands(old, new)


def _commands(old: Service, new: Service) -> Iterator[Finding]:
    if old.shutdown_seconds != new.shutdown_seconds:
        was, now = duration(old.shutdown_seconds), duration(new.shutdown_seconds)
        less = new.shutdown_seconds < old.shutdown_seconds
        meaning = f"a request that takes longer than {now} is cut off at a deploy" if less else ""
        says = f"has {now} to end before it is killed, before {was}"
        yield Finding("shutdown", says, Danger.MEDIUM if less else Danger.LOW, meaning, was, now, "shutdown_seconds")
    if old.pre_deploy_command != new.pre_deploy_command:
        was, now = (_command(one.pre_deploy_command) for one in (old, new))
        danger = Danger.MEDIUM if old.pre_deploy_command and not new.pre_deploy_command else Danger.LOW
        says = f"runs {now} before a deploy, before {was}"
        yield Finding("pre-deploy command", says, danger, _NEXT_DEPLOY, was, now, "pre_deploy_command")


def _image(old: Service, new: Service) -> Finding:
    was, now = old.image.name, new.image.name
    if was == now:
        says = f'still runs the image of the setting "{now}", which is declared otherwise'
        return Finding("image", says, Danger.HARMLESS, field="image")
    says = f'runs the image that the setting "{now}" names, before the one of "{was}"'
    return Finding("image", says, Danger.MEDIUM, "", was, now, "image")


def _groups(old: Service, new: Service) -> Iterator[Finding]:
    if old.groups == new.groups:
        return
    gained = [one for one in new.groups if one not in old.groups]
    lost = [one for one in old.groups if one not in new.groups]
    was, now = (listed(one.groups) if one.groups else "none" for one in (old, new))
    if not gained and not lost:
        says = "lists its environment groups in another order"
        yield Finding("groups", says, Danger.HARMLESS, "", was, now, "groups")
        return
    parts = [f"uses {_named(gained)}"] if gained else []
    parts += [f"has no variables of {_named(lost)} any more"] if lost else []
    yield Finding("groups", listed(parts), Danger.MEDIUM if lost else Danger.LOW, "", was, now, "groups")


def _is_deployed(finding: Finding) -> bool:
    if finding.field is None:
        return finding.topic == "variable"
    return finding.field.partition("[")[0] in _DEPLOYED


def _plan(service: Service) -> str:
    size = prices.SERVICES.get(service.plan)
    if size is None:
        return service.plan
    return f"{service.plan} ({number(size.memory_gigabytes)} GB of memory, {number(size.processors)} CPU)"


def _memory(service: Service) -> float:
    size = prices.SERVICES.get(service.plan)
    return size.memory_gigabytes if size else 0


def _command(text: str | None) -> str:
    if text is None:
        return "nothing"
    return literals.shown(text) or "a command that is not shown, as it may hold a secret"


def _named(groups: list[str] | tuple[str, ...]) -> str:
    names = listed(f'"{one}"' for one in groups)
    return f"the environment group{'s' if len(groups) > 1 else ''} {names}"
