"""How objects at PagerDuty say whose they are."""

from __future__ import annotations

from infra.context import Context

_MANAGED_BY = "managed-by"


def described(sentence: str, context: Context) -> str:
    """Return a description that ends with the owner, for objects that PagerDuty cannot tag."""
    return f"{sentence} ({_owner(context)})"


def tag_label(context: Context) -> str:
    """Return the label of the stack's tag; labels are unique in an account, which two stacks may share."""
    return f"{_owner(context)} {context.stack}"


def _owner(context: Context) -> str:
    return f"{_MANAGED_BY}: {context.tags[_MANAGED_BY]}"
