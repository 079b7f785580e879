"""Reads a request's query and body by the contract: right names, types and values, or a refusal that names them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.render.checks import moment, problems
from sandbox.render.contract import Contract, Operation, Schema
from sandbox.render.refusals import Refused, shown


def read_query(contract: Contract, operation: Operation, given: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The query's values by name: numbers, booleans, times and lists as such.

    A list's values stand in repeated parameters, or in one with commas between them.

    Raises:
        Refused: 400 with every problem.
    """
    texts: dict[str, list[str]] = {}
    for name, text in given:
        texts.setdefault(name, []).append(text)
    found: list[str] = []
    for name in texts.keys() - operation.query.keys():
        known = ", ".join(sorted(operation.query)) or "none"
        found.append(f'query parameter "{name}" is not known here; known are {known}')
    found += [f'query parameter "{name}" is required' for name in operation.required_query - texts.keys()]
    values = {}
    for name in texts.keys() & operation.query.keys():
        values[name], wrong = _value(contract, operation.query[name], texts[name], name)
        found += [problem.replace("field", "query parameter", 1) for problem in wrong]
    if found:
        raise Refused(400, "; ".join(sorted(found)))
    return {name: _with_time(contract.resolve(operation.query[name]), value) for name, value in values.items()}


def read_body(contract: Contract, operation: Operation, content: bytes) -> Any:
    """The body as JSON that keeps to the contract; None when the operation takes none.

    Raises:
        Refused: 400 with every problem.
    """
    if operation.body is None:
        if content.strip() not in {b"", b"null", b"{}"}:
            raise Refused(400, f"{operation.key} takes no body")
        return None
    if not content.strip():
        if operation.body_required:
            raise Refused(400, "a JSON body is required")
        return {}
    body = _json_of(content)
    found = [_explained(contract, operation, problem) for problem in problems(contract, operation.body, body)]
    if found:
        raise Refused(400, "; ".join(found))
    return body


def _value(contract: Contract, schema: Schema, texts: list[str], name: str) -> tuple[Any, list[str]]:
    schema = _list_form(contract, contract.resolve(schema))
    if schema.get("type") == "array":
        parts = [part for text in texts for part in text.split(",")]
        items = [_typed(contract.resolve(schema.get("items", {})), part) for part in parts]
        return items, problems(contract, schema, items, name)
    if len(texts) > 1:
        return None, [f'field "{name}" is there {len(texts)} times, once is allowed']
    value = _typed(schema, texts[0])
    return value, problems(contract, schema, value, name)


def _list_form(contract: Contract, schema: Schema) -> Schema:
    """A schema that takes a value or a list of them as the one for lists."""
    branches = [contract.resolve(branch) for branch in schema.get("anyOf", [])]
    return next((branch for branch in branches if branch.get("type") == "array"), schema)


def _typed(schema: Schema, text: str) -> Any:
    if schema.get("type") == "boolean" and text in {"true", "false"}:
        return text == "true"
    if schema.get("type") == "integer" and text.lstrip("-").isdecimal():
        return int(text)
    return text


def _with_time(schema: Schema, value: Any) -> Any:
    return moment(value) if schema.get("format") == "date-time" else value


def _explained(contract: Contract, operation: Operation, problem: str) -> str:
    """The problem; for a field that only a create takes, that it cannot change."""
    create = contract.operations.get(f"POST {operation.path.rpartition('/')[0]}")
    if operation.method != "PATCH" or create is None or create.body is None or "is not known here" not in problem:
        return problem
    name = problem.split('"')[1]
    if name not in contract.resolve(create.body).get("properties", {}):
        return problem
    return problem.replace("is not known here; known are", "cannot be changed after creation; these can:")


def _json_of(content: bytes) -> Any:
    try:
        body = json.loads(content)
        # What Python takes beyond JSON and Unicode (NaN, half a surrogate pair) could not be kept or answered.
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
    except json.JSONDecodeError as error:
        place = f"{error.msg} at line {error.lineno}, column {error.colno}"
        raise Refused(400, f"the body is not JSON: {place}") from None
    except (ValueError, RecursionError):
        # These errors' texts can hold the content, which can be a secret.
        raise Refused(400, "the body is not JSON: not Unicode, a number that is none, or nested too deep") from None
    return body


def require_json(headers: Mapping[str, str], content: bytes) -> None:
    """A body is JSON by its content type.

    Raises:
        Refused: 400 naming the type that was sent.
    """
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if content.strip() and kind != "application/json":
        raise Refused(400, f"the body's content type is {shown(kind)}; application/json is needed")
