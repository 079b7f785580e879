"""List answers: filters, order and pages as Render has them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sandbox.render.call import Call
from sandbox.render.checks import moment
from sandbox.render.refusals import Refused

Document = dict[str, Any]
# How many items a list answer has unless asked (api-docs.render.com/reference/pagination).
DEFAULT_LIMIT = 20
_TIMES = {"created": "createdAt", "updated": "updatedAt", "finished": "finishedAt"}


def page(
    call: Call, key: str, items: Iterable[Document], *, order: Callable[[Document], str], newest_first: bool = False
) -> list[Document]:
    """One page of `{"cursor": ..., key: item}`, from the query's cursor on; `order` gives an item's unique sort key."""
    ordered = sorted(items, key=order, reverse=newest_first)
    after = _decoded(call.query["cursor"]) if "cursor" in call.query else None
    if after is not None:
        ordered = [item for item in ordered if (order(item) < after if newest_first else order(item) > after)]
    kept = ordered[: call.query.get("limit", DEFAULT_LIMIT)]
    return [{"cursor": _encoded(order(item)), key: item} for item in kept]


def whole(key: str, items: Iterable[Document], *, order: Callable[[Document], str]) -> list[Document]:
    """Every item in the same wrapping, for the answers that have no pages."""
    return [{"cursor": _encoded(order(item)), key: item} for item in sorted(items, key=order)]


def by_age(document: Document) -> str:
    """The sort key of documents that have an age: time of creation, then id."""
    return f"{document['createdAt']} {document['id']}"


def fits(query: Mapping[str, Any], document: Document, fields: Mapping[str, Any]) -> bool:
    """Whether a document passes the query's filters; `fields` are the document's values by the filter's name."""
    if any(name in query and value not in query[name] for name, value in fields.items()):
        return False
    return all(_within(query, prefix, document.get(field)) for prefix, field in _TIMES.items())


def _within(query: Mapping[str, Any], prefix: str, text: str | None) -> bool:
    before, after = query.get(f"{prefix}Before"), query.get(f"{prefix}After")
    if before is None and after is None:
        return True
    at = moment(text) if text else None
    if at is None:
        return False
    return (before is None or at < before) and (after is None or at > after)


def _encoded(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _decoded(cursor: str) -> str:
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise Refused(400, 'query parameter "cursor" is none that a list answer gave') from None
