"""Derives newrelic/schema.json and pagerduty/schema.json from the classes of the installed SDKs: facts, no prose.

Run `python -m sandbox.plugins.derive` after another version of an SDK was installed.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
import sys
import typing
from collections import Counter
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import pulumi
from pulumi import _types

_SANDBOX = Path(__file__).resolve().parent.parent
SDKS: Mapping[str, str] = {"newrelic": "pulumi_newrelic", "pagerduty": "pulumi_pagerduty"}
_SCALARS: Mapping[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", Any: "any"}
# How the SDKs' docstrings say that a change replaces the object.
_REPLACES = re.compile(
    r"forces (a )?(new|re-creation)|will force a new|forces a new|(cannot|can't) be changed (after creation|once)"
    r"|will result in a new",
    re.IGNORECASE,
)
_INVOKE = re.compile(r"pulumi\.runtime\.invoke\('([^']+)'")

Table = dict[str, Any]


def schema_path(vendor: str) -> Path:
    """Where a vendor's derived schema is kept."""
    return _SANDBOX / vendor / "schema.json"


def derive(vendor: str) -> Table:
    """The schema of every resource and look-up of the vendor's installed SDK."""
    package = importlib.import_module(SDKS[vendor])
    modules = list(_modules(package))
    classes = sorted(_resource_classes(modules), key=lambda found: _token(found))
    kinds = _kinds(classes)
    table = _Deriving()
    return {
        "vendor": vendor,
        "version": version(SDKS[vendor]),
        "provider": table.fields(sys.modules[f"{SDKS[vendor]}.provider"].ProviderArgs),
        "resources": {kinds[found]: table.resource(found) for found in classes},
        "types": dict(sorted(table.types.items())),
        "functions": sorted({token for module in modules for token in _INVOKE.findall(inspect.getsource(module))}),
    }


def text_of(table: Table) -> str:
    """The table as the committed file has it."""
    return json.dumps(table, indent=1, sort_keys=True) + "\n"


class _Deriving:
    def __init__(self) -> None:
        self.types: Table = {}
        self._classes: dict[str, type] = {}

    def resource(self, resource: type) -> Table:
        module = sys.modules[resource.__module__]
        # Where an input type has the resource's own name, the SDK calls its arguments otherwise.
        arguments: type = vars(module).get(f"{resource.__name__}InitArgs") or vars(module)[f"{resource.__name__}Args"]
        state = self.fields(getattr(module, f"_{resource.__name__}State"))["fields"]
        inputs = self.fields(arguments)
        outputs = {name: kind for name, kind in state.items() if name not in inputs["fields"]}
        return {
            "token": _token(resource),
            **inputs,
            "outputs": outputs,
            "secrets": _secret_outputs(resource),
            "replaces": sorted(_replacing(arguments)),
        }

    def fields(self, arguments: type) -> Table:
        """The wire names, types and required ones of an argument class."""
        wire = _types.input_type_py_to_pulumi_names(arguments)
        initialize = typing.cast(Any, arguments).__init__
        # `pulumi.Input` names Output and T as texts, which belong to the module that defines it.
        names = {**vars(pulumi.output), **vars(sys.modules[arguments.__module__])}
        hints = typing.get_type_hints(initialize, names)
        parameters = inspect.signature(initialize).parameters
        return {
            "fields": {wire[name]: self._type(hints[name]) for name in parameters if name in wire},
            "required": sorted(
                wire[name] for name, found in parameters.items() if name in wire and found.default is found.empty
            ),
        }

    def _type(self, hint: Any) -> Any:
        hint = _bare(hint)
        if hint in _SCALARS:
            return _SCALARS[hint]
        origin = typing.get_origin(hint)
        if origin is not None and issubclass(origin, Mapping):
            return ["map", self._type(typing.get_args(hint)[1])]
        if origin is not None and issubclass(origin, Sequence):
            return ["list", self._type(typing.get_args(hint)[0])]
        if inspect.isclass(hint) and _types.is_input_type(hint):
            return {"type": self._named(hint)}
        raise TypeError(f"the SDK has a type that this derivation does not know: {hint!r}")

    def _named(self, found: type) -> str:
        name = found.__name__.removesuffix("Args")
        if self._classes.setdefault(name, found) is not found:
            name = f"{found.__module__.split('.')[-2]}.{name}"
            self._classes[name] = found
        if name not in self.types:
            self.types[name] = {}  # taken, so that a type that holds itself ends
            self.types[name] = self.fields(found)
        return name


def _bare(hint: Any) -> Any:
    """The plain type inside `Input[Optional[...]]`."""
    while typing.get_origin(hint) is typing.Union:
        inner = [
            part
            for part in typing.get_args(hint)
            if part is not type(None) and typing.get_origin(part) not in (Awaitable, pulumi.Output)
        ]
        if len(inner) != 1:
            raise TypeError(f"the SDK has a type with several forms, which this derivation does not know: {hint!r}")
        hint = inner[0]
    return hint


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        # The config modules read settings when they are imported.
        if ".config" not in info.name:
            yield importlib.import_module(info.name)


def _resource_classes(modules: Sequence[ModuleType]) -> Iterator[type]:
    for module in modules:
        for found in vars(module).values():
            if (
                inspect.isclass(found)
                and found.__module__ == module.__name__
                and issubclass(found, pulumi.CustomResource)
                and not issubclass(found, pulumi.ProviderResource)
            ):
                yield found


def _kinds(classes: Sequence[type]) -> dict[type, str]:
    """A short unique name for every class: its own, with the module before it where two share one."""
    often = Counter(found.__name__ for found in classes)
    return {found: _kind(found, often) for found in classes}


def _kind(found: type, often: Mapping[str, int]) -> str:
    module = _token(found).split(":")[1].split("/")[0]
    prefix = "" if often[found.__name__] == 1 or module == "index" else module.capitalize()
    return prefix + found.__name__


def _token(resource: type) -> str:
    return str(typing.cast(Any, resource).pulumi_type)


def _secret_outputs(resource: type) -> list[str]:
    source = inspect.getsource(typing.cast(Any, resource)._internal_init)
    listed = re.search(r"additional_secret_outputs=\[([^\]]*)\]", source)
    return re.findall(r'"([^"]+)"', listed.group(1)) if listed else []


def _replacing(arguments: type) -> Iterator[str]:
    for python_name, wire_name in _types.input_type_py_to_pulumi_names(arguments).items():
        described = getattr(arguments, python_name).__doc__ or ""
        if _REPLACES.search(described):
            yield wire_name


def main() -> int:
    """Write both files."""
    for vendor in SDKS:
        path = schema_path(vendor)
        path.write_text(text_of(derive(vendor)))
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
