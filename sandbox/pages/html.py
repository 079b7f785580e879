"""HTML built from elements, so that every text is escaped by construction."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


class Html(str):
    """Text that is HTML already and is not escaped again."""

    __slots__ = ()


Child = str | int | float | None | Iterable["Child"]
Attribute = str | int | bool | None


def element(tag: str, *children: Child, **attributes: Attribute) -> Html:
    """One element.

    A text is escaped, None left out, a list taken piece by piece. An attribute's underscore at the end is dropped
    (`class_`), others become hyphens (`aria_label`); True stands alone, None and False are left out.
    """
    opening = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _VOID:
        return Html(f"<{tag}{opening}>")
    return Html(f"<{tag}{opening}>{joined(children)}</{tag}>")


def joined(children: Child) -> Html:
    """The pieces one after the other."""
    if children is None:
        return Html("")
    if isinstance(children, Html):
        return children
    if isinstance(children, str | int | float):
        return Html(escape(str(children)))
    return Html("".join(joined(child) for child in children))


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    written = name.rstrip("_").replace("_", "-")
    return f" {written}" if value is True else f' {written}="{escape(str(value))}"'
