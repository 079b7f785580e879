"""What a comparison of specs says of resources against what Pulumi's own engine says, for every edit in tests/edits."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pytest
from checkout import Checkout
from edited import EDITS, Edit, edited_checkout, edited_stacks

from monitors import catalog
from monitors.review.changes import Effect
from monitors.review.resources import resource_changes

pytestmark = pytest.mark.engine

STACK: Final = "prod"
_EFFECTS: Final[Mapping[str, Effect]] = {
    "create": Effect.CREATE,
    "update": Effect.UPDATE,
    "replace": Effect.REPLACE,
    "delete": Effect.DELETE,
}
# A replacement is three steps, of which one is enough; the others say nothing changes, or look things up.
_OTHERS: Final = frozenset({"same", "read", "create-replacement", "delete-replaced"})
_AT_ONCE: Final = 2

Touched = tuple[str, str, Effect]
Steps = list[dict[str, Any]]


@pytest.fixture(scope="module")
def provisioned(new_checkout: Callable[..., Checkout]) -> Checkout:
    """A sandbox with the stack as it is declared."""
    checkout = new_checkout()
    checkout.up(STACK)
    return checkout


@pytest.fixture(scope="module")
def previews(
    request: pytest.FixtureRequest, provisioned: Checkout, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[Steps]]]:
    """What the engine says of every edit that is asked for, by name; a few run while tests wait for the first."""
    asked = {item.callspec.params["edit"] for item in request.session.items if item.module is request.module}  # type: ignore[attr-defined]  # pytest's items of functions have both
    folder = tmp_path_factory.mktemp("edited")
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        yield {
            edit.name: threads.submit(_previewed, provisioned.folder, folder / edit.name, edit)
            for edit in EDITS
            if edit in asked
        }
        threads.shutdown(cancel_futures=True)


def _previewed(sandbox: Path, folder: Path, edit: Edit) -> Steps:
    checkout = Checkout(sandbox, edited_checkout(folder, edit))
    steps: Steps = json.loads(checkout.succeed("preview", "--stack", STACK, "--sandbox", "--json"))["steps"]
    return steps


def _touched(steps: Steps) -> Counter[Touched]:
    found = Counter[Touched]()
    for step in steps:
        *_, types, name = step["urn"].split("::")
        kind = types.rpartition("$")[2]
        if step["op"] not in _OTHERS and not kind.startswith("pulumi:"):
            found[(kind, name, _EFFECTS[step["op"]])] += 1
    return found


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_a_comparison_of_specs_touches_the_resources_that_the_engine_touches(
    edit: Edit, previews: Mapping[str, Future[Steps]]
) -> None:
    found = resource_changes(catalog.stack(STACK), edited_stacks(edit)[STACK])
    assert Counter((one.type, one.name, one.effect) for one in found) == _touched(previews[edit.name].result())
