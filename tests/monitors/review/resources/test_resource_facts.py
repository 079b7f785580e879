"""What comparing knows of Pulumi's plugins is what the sandbox's plugins and infra's own provider know."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from registered_programs import facts_of

from monitors.review.resources.kinds import KINDS, Kind, kind_of
from monitors.review.resources.losses import _LOST

_MANIFESTS = Path(__file__).parents[4] / "infra" / "manifests"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_forces_a_new_resource_is_what_its_plugin_says(kind: Kind) -> None:
    whole = {name for name in facts_of(kind.type).replaces if "." not in name}  # specs have none of the others
    assert kind.replaces == whole


@pytest.mark.parametrize(
    "kind", [one for one in KINDS.values() if not one.type.startswith("render")], ids=lambda kind: kind.type
)
def test_what_a_vendor_fills_in_is_what_its_plugin_says(kind: Kind) -> None:
    whole = {name for name in facts_of(kind.type).computed if "." not in name} - {"accountId"}
    assert kind.computed == whole


@pytest.mark.parametrize("path", sorted(_MANIFESTS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_type_that_infra_registers_is_known(path: Path) -> None:
    resources = yaml.load(path.read_text(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))["resources"]
    types = {one["type"] for one in resources if "inputs" in one}
    # The other kind of schedule, which a setting chooses.
    assert types - {kind.type for kind in KINDS.values()} <= {"pagerduty:index/schedulev2:Schedulev2"}


def test_whatever_is_said_to_be_lost_is_of_a_known_kind() -> None:
    assert set(_LOST) <= set(KINDS)


def test_a_type_that_nobody_knows_is_taken_to_change_in_place() -> None:
    assert kind_of("Team", "newrelic:index/team:Team") == Kind("newrelic:index/team:Team")
