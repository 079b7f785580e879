"""Decides which fields of an object are secrets, which no page shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

Path = tuple[str, ...]

_SECRET_NAME = re.compile(
    r"key|token|secret|passw|passphrase|credential|dsn$|authorization|connection_?(info|string|uri)|(cli|psql)_?command",
    re.IGNORECASE,
)
# Fields that name something and hold nothing: a tag's or a variable's `key`, Render's product of that name.
_NAMES = re.compile(r"keys?|key_?value|key_?values|key_?(name|type|id)|secret_?files?|.*_?public_?key", re.IGNORECASE)
_PAIRS_OF_SECRETS = re.compile(r"env_?vars?|.*headers?|secret_?files?", re.IGNORECASE)
_PAIR_VALUES = frozenset({"value", "values", "content", "contents"})
_PASSWORD_IN_ADDRESS = re.compile(r"://[^/\s:@]*:[^/\s@]+@")
# What Pulumi wraps a secret in on its wire (sdk/python/lib/pulumi/runtime/rpc.py).
_PULUMI_SIGNATURE = "4dabf18193072939515e22adb298388d"


@dataclass(frozen=True)
class Secrets:
    """The secret fields that an object's document declares: paths such as `authToken.token` or `layers[0].note`."""

    declared: frozenset[Path]

    @classmethod
    def of(cls, document: dict[str, Any]) -> Secrets:
        """Read a document's list `secret_paths`."""
        return cls(frozenset(_steps(str(path)) for path in document.get("secret_paths", [])))

    def hides(self, path: Path, beside: dict[str, Any] | None = None) -> bool:
        """Whether the field at the path, and all below it, is a secret; `beside` is the object that it is part of."""
        return self._is_declared(path) or _is_pair_value(path, beside or {}) or _has_secret_name(path[-1])

    def shown(self, value: Any, path: Path = ()) -> Any:
        """A copy of a value without what is secret in it, for a view that picks its own fields."""
        if isinstance(value, list):
            return [self.shown(item, (*path, str(place))) for place, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        return {
            name: self.shown(inner, (*path, name))
            for name, inner in value.items()
            if not self.hides((*path, name), value) and not is_secret_value(inner)
        }

    def _is_declared(self, path: Path) -> bool:
        forms = (path, path[1:]) if path[0] in {"inputs", "outputs"} else (path,)
        return any(_fits(wanted, form) for wanted in self.declared for form in forms)


def is_secret_value(value: object) -> bool:
    """Whether a value is one whatever its field is called: an address with a password, a secret of Pulumi's wire."""
    if isinstance(value, dict):
        return _PULUMI_SIGNATURE in value
    return isinstance(value, str) and _PASSWORD_IN_ADDRESS.search(value) is not None


def _has_secret_name(name: str) -> bool:
    return _SECRET_NAME.search(name) is not None and _NAMES.fullmatch(name) is None


def _is_pair_value(path: Path, beside: dict[str, Any]) -> bool:
    if path[-1] not in _PAIR_VALUES:
        return False
    label = beside.get("key", beside.get("name", ""))
    in_secrets = any(_PAIRS_OF_SECRETS.fullmatch(step) for step in path[:-1])
    return in_secrets or _SECRET_NAME.search(str(label)) is not None


def _steps(path: str) -> Path:
    return tuple(step for step in re.split(r"[.\[\]/\"]+", path) if step)


def _fits(wanted: Path, path: Path) -> bool:
    return len(wanted) == len(path) and all(one in {"*", other} for one, other in zip(wanted, path, strict=True))
