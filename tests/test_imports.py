"""Imports point one way: what is emitted, what is watched, how it becomes resources; the sandbox stands aside."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
PARTS = ("service", "monitors", "infra", "sandbox", "lookout")
OURS = (*PARTS, "tests")
PROVISIONING = ("pulumi", "pulumi_newrelic", "pulumi_pagerduty")
VENDORS = (*PROVISIONING, "newrelic", "pagerduty", "anthropic", "sentry_sdk")

# What the modules of a part may import of the others.
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "service": (),
    "monitors": ("service.metrics",),
    "infra": ("monitors",),
    # The sandbox judges a page by the same specs and semantics that the alerts were written with.
    "sandbox": ("monitors",),
    "lookout": ("service", "monitors", "infra", "sandbox"),
}
# Where the engine's own SDK may be used.
PULUMI_PLACES: Mapping[str, str] = {
    "infra": "it is what becomes resources",
    "sandbox.plugins": "stand-ins for the vendors' plugins speak the engine's protocol",
    "lookout.engine.installer": "installs the engine through Pulumi's own Automation API",
}


@dataclass(frozen=True)
class Import:
    """One import: which module imports what, and at which line."""

    module: str
    imported: str
    line: int

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.imported}"


def below(module: str, place: str) -> bool:
    return module == place or module.startswith(f"{place}.")


def imports_in(module: str, source: str) -> Iterator[Import]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(module, name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports relatively; write the whole name"
            # `from a import b` may import the module a.b.
            yield from (Import(module, f"{node.module}.{name.name}", node.lineno) for name in node.names)


def every_import() -> Iterator[Import]:
    for part in PARTS:
        for path in sorted((CHECKOUT / part).rglob("*.py")):
            module = ".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__")
            yield from imports_in(module, path.read_text(encoding="utf-8"))


def is_forbidden_arrow(one: Import) -> bool:
    part, target = one.module.partition(".")[0], one.imported.partition(".")[0]
    if target not in OURS or target == part:
        return False
    return not any(below(one.imported, allowed) for allowed in ALLOWED[part])


def is_provisioning_elsewhere(one: Import) -> bool:
    provisions = any(below(one.imported, package) for package in PROVISIONING)
    return provisions and not any(below(one.module, place) for place in PULUMI_PLACES)


def test_no_import_goes_against_the_arrows() -> None:
    assert [str(one) for one in every_import() if is_forbidden_arrow(one)] == []


def test_pulumi_is_imported_only_where_resources_are_made() -> None:
    assert [str(one) for one in every_import() if is_provisioning_elsewhere(one)] == []


def test_every_place_of_pulumi_imports_it() -> None:
    found = [one for one in every_import() if below(one.imported, "pulumi")]
    assert [place for place in PULUMI_PLACES if not any(below(one.module, place) for one in found)] == []


def test_specs_know_no_vendors_package() -> None:
    found = [one for one in every_import() if below(one.module, "monitors")]
    assert found
    assert [str(one) for one in found if any(below(one.imported, vendor) for vendor in VENDORS)] == []


def test_no_module_of_infra_hides_an_installed_package() -> None:
    """Pulumi puts infra/ first on the path, where a file or folder named like a package would be taken for it."""
    own = {path.stem for path in (CHECKOUT / "infra").iterdir() if path.suffix == ".py" or path.is_dir()}
    hidden = own & {*sys.stdlib_module_names, *packages_distributions()}
    assert hidden <= {"__init__", "__main__"}


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("service.app", "import monitors.spec"),
        ("monitors.spec.alerting", "from service import app"),
        ("monitors.catalog", "from infra.settings import PROJECT"),
        ("infra.program", "from sandbox import server"),
        ("infra.program", "import lookout.main"),
        ("sandbox.server", "from infra import recording"),
        ("lookout.main", "from tests.conftest import anything"),
    ],
)
def test_a_forbidden_arrow_is_noticed(module: str, statement: str) -> None:
    assert [is_forbidden_arrow(one) for one in imports_in(module, statement)] == [True]


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("monitors.spec.alerting", "from service.metrics import Unit"),
        ("infra.program", "from monitors import catalog"),
        ("lookout.stack.summary", "from infra.settings import PROJECT"),
        ("monitors.spec", "import json"),
    ],
)
def test_an_arrow_of_the_design_is_allowed(module: str, statement: str) -> None:
    assert [is_forbidden_arrow(one) for one in imports_in(module, statement)] == [False]


def test_pulumi_in_the_wrong_place_is_noticed() -> None:
    (one,) = imports_in("monitors.spec.alerting", "import pulumi_newrelic")
    assert is_provisioning_elsewhere(one)
