"""What Render's REST API takes and answers, as a table: paths, methods, parameters, bodies, allowed values.

`contract.json` beside this file is derived from Render's public OpenAPI description (https://api-docs.render.com,
"Render Public API" 1.0.0, the file dated 2025-09-20). To derive it anew from a copy of that file:

    python -m sandbox.render.contract --from render-openapi.json
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sandbox.render.derive import derive

Schema = Mapping[str, Any]

_FILE = Path(__file__).with_name("contract.json")


@dataclass(frozen=True)
class Operation:
    """One method on one path: `path` is the template, such as `/services/{serviceId}`."""

    method: str
    path: str
    query: Mapping[str, Schema]
    required_query: frozenset[str]
    body: Schema | None
    body_required: bool
    answers: Mapping[int, Schema | None]
    refusals: frozenset[int]

    @property
    def key(self) -> str:
        return f"{self.method} {self.path}"

    @cached_property
    def segments(self) -> tuple[str, ...]:
        return tuple(self.path.strip("/").split("/"))


@dataclass(frozen=True)
class Match:
    """A path that Render has: the operations on it by method, and the values of its parameters."""

    operations: Mapping[str, Operation]
    parameters: Mapping[str, str]


@dataclass(frozen=True)
class Contract:
    """Every operation, and the named schemas that they refer to."""

    operations: Mapping[str, Operation]
    schemas: Mapping[str, Schema]

    @classmethod
    def load(cls) -> Contract:
        """Read the committed table."""
        return cls.of(json.loads(_FILE.read_text(encoding="utf-8")))

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Contract:
        """The contract that a derived table describes."""
        operations = (_operation(key, facts) for key, facts in table["operations"].items())
        return cls({operation.key: operation for operation in operations}, table["schemas"])

    def match(self, path: str) -> Match | None:
        """The operations whose template fits the path (with a leading slash), None when there are none."""
        wanted = path.strip("/").split("/")
        fitting = [operation for operation in self.operations.values() if _fits(operation.segments, wanted)]
        if not fitting:
            return None
        # A literal segment is a better fit than a parameter.
        best = max(fitting, key=lambda operation: sum(not part.startswith("{") for part in operation.segments))
        names = zip(best.segments, wanted, strict=True)
        parameters = {name[1:-1]: value for name, value in names if name.startswith("{")}
        return Match({item.method: item for item in fitting if item.path == best.path}, parameters)

    def resolve(self, schema: Schema) -> Schema:
        """The schema itself, following a reference."""
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"]]
        return schema

    def choices(self, name: str) -> tuple[str, ...]:
        """The allowed values of a named enumeration, in the description's order."""
        return tuple(self.schemas[name]["enum"])


def _fits(template: tuple[str, ...], wanted: list[str]) -> bool:
    if len(template) != len(wanted):
        return False
    return all(part.startswith("{") or part == given for part, given in zip(template, wanted, strict=True)) and all(
        wanted
    )


def _operation(key: str, facts: Mapping[str, Any]) -> Operation:
    method, path = key.split(" ", 1)
    return Operation(
        method=method,
        path=path,
        query=facts["query"],
        required_query=frozenset(facts["required_query"]),
        body=facts["body"],
        body_required=facts["body_required"],
        answers={int(status): schema for status, schema in facts["answers"].items()},
        refusals=frozenset(facts["refusals"]),
    )


def main(arguments: list[str] | None = None) -> None:
    """Derive `contract.json` from a copy of Render's OpenAPI description."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.render.contract", description=main.__doc__)
    parser.add_argument("--from", dest="source", type=Path, required=True, help="Render's OpenAPI description (JSON)")
    parser.add_argument("--to", type=Path, default=_FILE, help="the table to write")
    given = parser.parse_args(arguments)
    table = derive(json.loads(given.source.read_text(encoding="utf-8")))
    given.to.write_text(_lines(table), encoding="utf-8")


def _lines(table: Mapping[str, Mapping[str, Any]]) -> str:
    """JSON with one line for each operation and schema, so that a changed one is one line of a diff."""
    parts = []
    for part, entries in table.items():
        lines = [f"  {json.dumps(name)}: {json.dumps(entries[name], sort_keys=True)}" for name in sorted(entries)]
        parts.append(f' "{part}": {{\n' + ",\n".join(lines) + "\n }")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    main()
