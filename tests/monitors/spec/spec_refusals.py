"""How the tests of the vocabulary tell a refusal: one row of a table is one wrong spec and its whole message."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet

from monitors.spec import Spec, SpecError

Builder = Callable[..., Spec]


def case(build: Builder, message: str, /, **changes: Any) -> ParameterSet:
    """Return one row of a table of refusals: what is built, the whole message, and the fields that are wrong."""
    what = ", ".join(f"{name}={value!r}"[:60] for name, value in changes.items())
    return pytest.param(build, changes, message, id=f"{build.__name__}({what})")


def refusal(build: Builder, **changes: Any) -> str:
    """Return the message with which a spec is refused, without the place of its declaration."""
    with pytest.raises(SpecError) as caught:
        build(**changes)
    return re.sub(r" \([^()]*:\d+\):", ":", str(caught.value))
