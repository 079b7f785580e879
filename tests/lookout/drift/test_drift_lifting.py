"""Specs read back from what is provisioned are the specs that it was provisioned from."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from drifted_readings import reading_of

from lookout.drift.lifting import LIFTS
from lookout.drift.lifting.references import References
from monitors import catalog
from monitors.rules.subjects import keyed_specs
from monitors.spec import Spec

STACKS = ("staging", "prod")
# A program's recorded objects that are read back, in each stack.
LIFTED = [(stack, kind) for stack in STACKS for kind in LIFTS]


def lifted(stack: str, kind: str) -> Iterator[tuple[Spec, Spec]]:
    """Yield each spec of a kind of resource with what is read back of it."""
    reading, lift = reading_of(stack), LIFTS[kind]
    specs = {(of, getattr(spec, "key")): spec for of, spec in keyed_specs(catalog.stack(stack))}  # noqa: B009
    for one in reading.objects:
        if one.kind == kind:
            spec = specs[lift.kind, one.name]
            yield spec, lift.read(spec, json.loads(json.dumps(one.account)), References(reading))


@pytest.mark.parametrize(("stack", "kind"), LIFTED)
def test_what_is_provisioned_is_read_back_as_the_spec_it_was_provisioned_from(stack: str, kind: str) -> None:
    pairs = list(lifted(stack, kind))
    for spec, read in pairs:
        assert read == spec
    if (stack, kind) != ("staging", "AlertMutingRule"):
        assert pairs, f"{stack} has no {kind}: this would prove nothing"


@pytest.mark.parametrize("kind", LIFTS)
def test_the_properties_that_are_read_are_properties_that_are_provisioned(kind: str) -> None:
    given = {
        name for stack in STACKS for one in reading_of(stack).objects if one.kind == kind for name in one.account or {}
    }
    optional = {
        "slideBy",
        "baselineDirection",
        "signalSeasonality",
        "aggregationTimer",
        "fillValue",
        "scheduledActions",
    }
    optional |= {"validationString"}
    assert LIFTS[kind].properties - given <= optional
