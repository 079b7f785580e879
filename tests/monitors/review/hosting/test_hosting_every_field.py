"""No field of anything on Render, of a setting or of the tags can change without a change that names it in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from every_field import edits
from hosted_stacks import changes
from reviewed_stacks import PROD

from monitors.review.changes import Fact
from monitors.review.fields import differences
from monitors.spec import Autoscaling, EnvironmentGroup, EnvVar, Platform, Postgres, Setting, Spec, Stack
from monitors.spec.values import FrozenDict


def exchanged(part: Any, old: Spec, new: Spec) -> Any:
    """Return a copy in which one spec is another; nobody checks that they fit together."""
    if part is old:
        return new
    if isinstance(part, tuple):
        return tuple(exchanged(one, old, new) for one in part)
    if isinstance(part, Stack | Platform):
        made = part.model_construct(**{name: getattr(part, name) for name in type(part).model_fields})
        made.__dict__.update({name: exchanged(getattr(part, name), old, new) for name in type(part).model_fields})
        made.__dict__["declared_at"] = part.declared_at
        return made
    return part


def specs() -> Iterator[Spec]:
    platform = PROD.platform
    yield from (platform.web_services[0], platform.private_services[0], platform.groups[1])
    yield from (platform.postgres[0], platform.key_values[0], platform.log_streams[0], platform.metrics_streams[0])


def more(spec: Any) -> Iterator[tuple[str, Spec]]:
    """Yield edits of what the first of each kind has no room for."""
    if hasattr(spec, "autoscaling"):
        wide = Autoscaling(least=1, most=20, cpu_percent=50, memory_percent=None)
        for scaling in (None, wide):
            if scaling != spec.autoscaling:
                yield "autoscaling", spec.model_copy(update={"autoscaling": scaling})
        yield "pre_deploy_command", spec.model_copy(update={"pre_deploy_command": "make migrate"})
    if hasattr(spec, "variables"):
        added = (*spec.variables, EnvVar(name="ADDED", value="1"))
        yield "variables[ADDED]", spec.model_copy(update={"variables": added})
        yield "variables", spec.model_copy(update={"variables": spec.variables[::-1]})
        first, *rest = spec.variables
        other = EnvVar(name=first.name, value=PROD.settings[0].model_copy(update={"secret": True}))
        yield f"variables[{first.name}]", spec.model_copy(update={"variables": (other, *rest)})
    if isinstance(spec, Postgres):
        yield "database", spec.model_copy(update={"database": "another"})
        yield "user", spec.model_copy(update={"user": "another"})
        yield "high_availability", spec.model_copy(update={"plan": "pro_4gb", "high_availability": True})
    if isinstance(spec, EnvironmentGroup):
        yield "secret_files", spec.model_copy(update={"secret_files": FrozenDict({"key.pem": _secret()})})


def _secret() -> Setting:
    return next(one for one in PROD.settings if one.secret)


CASES = [(spec, path, edited) for spec in specs() for path, edited in (*edits(spec), *more(spec))]


@pytest.mark.parametrize(
    ("spec", "path", "edited"), CASES, ids=[f"{type(spec).__name__}-{path}" for spec, path, _ in CASES]
)
def test_a_field_that_changes_is_told_in_words_and_named(spec: Spec, path: str, edited: Any) -> None:
    after = exchanged(PROD, spec, edited)
    found = [one for one in changes(after) if one.subject.endswith(f"/{edited.key}") and one.fields]
    assert len(found) == 1, found
    for difference in differences(spec, edited):
        assert difference.path in found[0].fields, found[0]
        assert any(_covers(fact, difference.path) for fact in found[0].facts), (difference.path, found[0])
    assert all(fact.text.endswith(".") for fact in found[0].facts)
    assert f" as {path}, before " not in found[0].headline, "a field is told by nothing but its name"


def _covers(fact: Fact, path: str) -> bool:
    return fact.field is not None and (path == fact.field or path.startswith((f"{fact.field}.", f"{fact.field}[")))


def test_the_edits_reach_every_field_of_the_vocabulary() -> None:
    reached = {(type(spec), path.partition("[")[0].partition(".")[0]) for spec, path, _ in CASES}
    wanted = {(type(spec), name) for spec in specs() for name in type(spec).model_fields}
    assert wanted - reached == set()


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("secret", {"secret": True}),
        ("meaning", {"meaning": "Another meaning of it."}),
        ("kind", {"kind": "CHOICE", "choices": ("one", "two")}),
    ],
)
def test_every_field_of_a_setting_is_told(field: str, changed: dict[str, Any]) -> None:
    image = PROD.platform.web_services[0].image
    update = {**changed, **({"kind": type(image.kind)[changed["kind"]]} if "kind" in changed else {})}
    service = PROD.platform.web_services[0]
    edited = exchanged(PROD, service, _with_setting(service, image.model_copy(update=update)))
    found = [one for one in changes(edited) if one.subject == f"setting/{image.name}"]
    assert len(found) == 1
    assert set(found[0].fields) == set(changed)
    assert field in {fact.field for fact in found[0].facts}


def _with_setting(service: Any, setting: Setting) -> Any:
    made = service.model_copy()
    made.__dict__["image"] = setting
    return made


def test_equal_stacks_are_told_nothing_of() -> None:
    assert changes(PROD.model_copy()) == []
