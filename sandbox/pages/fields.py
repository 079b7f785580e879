"""An object's fields as a table of names and values: nested ones folded, secrets masked, ids linked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from monitors.words import counted
from sandbox.pages.account import Account, page_of
from sandbox.pages.html import Html, element
from sandbox.pages.masking import Path, Secrets, is_secret_value
from sandbox.pages.runbooks import runbook_address
from sandbox.pages.words import readable
from sandbox.store import Record

_OPEN_UP_TO_FIELDS = 4
_PAIRS = (("key", "value"), ("key", "values"), ("name", "value"), ("name", "content"))
MASK = element("span", "secret, not shown", class_="mask")


@dataclass(frozen=True)
class Fields:
    """Writes the fields of one object."""

    account: Account
    record: Record

    @cached_property
    def secrets(self) -> Secrets:
        """The secret fields that the object's document declares."""
        return Secrets.of(self.record.document)

    def table(self, values: dict[str, Any], path: Path = ()) -> Html:
        """A definition list of an object's fields; those without a value are left out."""
        rows = [
            element("div", element("dt", readable(name), title=name), element("dd", self._field(values, name, path)))
            for name in values
            if values[name] not in (None, "", [], {})
        ]
        return element("dl", rows, class_="fields") if rows else element("p", "Nothing.", class_="quiet")

    def _field(self, values: dict[str, Any], name: str, path: Path) -> Html:
        if self.secrets.hides((*path, name), values):
            return MASK
        return self.value(values[name], (*path, name), name)

    def value(self, value: Any, path: Path, name: str) -> Html:
        """One value, whatever its shape."""
        if is_secret_value(value):
            return MASK
        if isinstance(value, dict):
            return self._folded(self.table(value, path), counted(len(value), "field"), len(value))
        if isinstance(value, list):
            return self._list(value, path, name)
        return self._scalar(value, name)

    def _list(self, values: list[Any], path: Path, name: str) -> Html:
        if values and all(_is_pair(item) for item in values):
            return element(
                "dl",
                [self._pair(item, (*path, str(place))) for place, item in enumerate(values)],
                class_="fields pairs",
            )
        items = [element("li", self._item(item, (*path, str(place)), name)) for place, item in enumerate(values)]
        listed = element("ol", items, class_="items")
        if all(not isinstance(item, dict | list) for item in values):
            return listed
        return self._folded(listed, counted(len(values), "entry", "entries"), len(values) * 2)

    def _pair(self, pair: dict[str, Any], path: Path) -> Html:
        label, content = pair
        return element(
            "div", element("dt", element("code", pair[label])), element("dd", self._field(pair, content, path))
        )

    def _item(self, item: Any, path: Path, name: str) -> Html:
        if self.secrets.hides(path):
            return MASK
        if isinstance(item, dict) and not is_secret_value(item):
            return self.table(item, path)
        return self.value(item, path, name)

    def _folded(self, inner: Html, summary: str, size: int) -> Html:
        return element("details", element("summary", summary), inner, open=size <= _OPEN_UP_TO_FIELDS)

    def _scalar(self, value: Any, name: str) -> Html:
        if isinstance(value, bool):
            return element("span", "yes" if value else "no", class_="flag")
        target = self.account.target(name, value)
        if target is not None and target != self.record:
            return element("a", target.name or target.id, href=page_of(target), title=str(value))
        text = str(value)
        if text.startswith(("http://", "https://")):
            return self._address(text)
        return element("pre", text) if "\n" in text else element("span", text, class_="value")

    def _address(self, text: str) -> Html:
        local = runbook_address(text, self.account.runbook_names)
        return element("a", text, href=local or text, rel=None if local else "noreferrer", class_="value")


def _is_pair(item: object) -> bool:
    """Whether an item of a list names a thing and says what it is, as an environment variable or a tag does."""
    return isinstance(item, dict) and tuple(item) in _PAIRS
