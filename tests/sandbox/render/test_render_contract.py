from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.render.checks import problems
from sandbox.render.contract import Contract, main

_THING = {
    "type": "object",
    "required": ["name", "project"],
    "properties": {
        "name": {"type": "string", "description": "prose that is left out"},
        "size": {"type": "integer", "minimum": 1, "maximum": 10},
        "mode": {"type": "string", "enum": ["fast", "slow"]},
        "parent": {"$ref": "#/components/schemas/thing"},
        "at": {"type": "string", "format": "date-time"},
        "token": {"type": "string"},
        "parts": {"type": "array", "items": {"oneOf": [{"$ref": "#/components/schemas/box"}, {"type": "integer"}]}},
    },
}
_BOX = {"type": "object", "required": ["width"], "properties": {"width": {"type": "integer"}}}
_DESCRIPTION = {
    "paths": {
        "/projects": {
            "get": {
                "parameters": [{"$ref": "#/components/parameters/limit"}],
                "responses": {"200": {"$ref": "#/components/responses/things"}, "404": {}, "400": {}},
            },
            "post": {
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/thing"}}},
                },
                "responses": {"201": {}},
            },
        },
        "/projects/{projectId}": {"get": {"responses": {"200": {}}}},
        "/not-served": {"get": {"responses": {"200": {}}}},
    },
    "components": {
        "parameters": {"limit": {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer"}}},
        "responses": {
            "things": {
                "content": {
                    "application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/thing"}}}
                }
            }
        },
        "schemas": {"thing": _THING, "box": _BOX},
    },
}


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    """What the command derives from a small description."""
    source, target = tmp_path / "openapi.json", tmp_path / "contract.json"
    source.write_text(json.dumps(_DESCRIPTION))
    main(["--from", str(source), "--to", str(target)])
    return Contract.of(json.loads(target.read_text()))


def test_only_served_paths_are_derived(contract: Contract) -> None:
    assert set(contract.operations) == {"GET /projects", "POST /projects", "GET /projects/{projectId}"}


def test_an_operation_keeps_parameters_bodies_and_statuses(contract: Contract) -> None:
    listing, create = contract.operations["GET /projects"], contract.operations["POST /projects"]
    assert listing.query == {"limit": {"type": "integer"}}
    assert listing.required_query == {"limit"}
    assert (set(listing.answers), set(listing.refusals)) == ({200}, {400, 404})
    assert (create.body, create.body_required) == ({"$ref": "thing"}, True)


def test_facts_are_kept_and_prose_is_not(contract: Contract) -> None:
    assert contract.schemas["thing"]["properties"]["name"] == {"type": "string"}


def test_what_is_required_and_never_described_is_left_out(contract: Contract) -> None:
    assert contract.schemas["thing"]["required"] == ["name"]


def test_a_path_matches_its_template_literal_segments_first() -> None:
    contract = Contract.load()
    match = contract.match("/services/srv-1/env-vars/KEY")
    assert match is not None
    assert match.parameters == {"serviceId": "srv-1", "envVarKey": "KEY"}
    streams = contract.match("/logs/streams/owner/tea-1")
    assert streams is not None
    assert set(streams.operations) == {"GET", "PUT", "DELETE"}
    assert contract.match("/services//env-vars") is None
    assert contract.match("/services/srv-1/unknown") is None


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"name": "n", "size": 3, "mode": "fast"}, []),
        ({}, ['field "name" is required']),
        ([], ["the body is a list, an object is needed"]),
        ({"name": None}, ['field "name" is null, a string is needed']),
        ({"name": "n", "size": True}, ['field "size" is true, an integer is needed']),
        ({"name": "n", "size": 0}, ['field "size" is 0; the least allowed is 1']),
        ({"name": "n", "size": 11}, ['field "size" is 11; the most allowed is 10']),
        ({"name": "n", "mode": "idle"}, ['field "mode" is "idle"; allowed are fast, slow']),
        ({"name": "n", "colour": 1}, ['field "colour" is not known here; known are at, mode, name, parent, parts,']),
        ({"name": "n", "parent": {"size": 1}}, ['field "parent.name" is required']),
        ({"name": "n", "at": "noon"}, ['field "at" is "noon"; a time such as 2026-01-31T08:15:30Z is needed']),
        ({"name": "n", "parts": [{"width": 1}, 2]}, []),
        ({"name": "n", "parts": [{"width": "1"}]}, ['field "parts[0].width" is "1", an integer is needed']),
        ({"name": "n", "token": 5}, ['field "token" is a number, a string is needed']),
    ],
)
def test_a_value_is_held_to_its_schema_and_each_problem_told(contract: Contract, value: Any, told: list[str]) -> None:
    found = problems(contract, {"$ref": "thing"}, value)
    assert len(found) == len(told)
    assert all(problem.startswith(start) for problem, start in zip(found, told, strict=True))


def test_a_secret_s_value_is_in_no_problem(contract: Contract) -> None:
    found = problems(contract, {"$ref": "thing"}, {"name": "n", "token": ["seededToken"]})
    assert found == ['field "token" is a list, a string is needed']


def test_a_long_value_is_cut_in_a_problem(contract: Contract) -> None:
    (found,) = problems(contract, {"$ref": "thing"}, {"name": "n", "mode": "x" * 500})
    assert "(500 characters)" in found
    assert len(found) < 200
