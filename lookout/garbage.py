"""Python's collector of circular garbage, out of the way of work that makes none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Leave the collector out for a while: trees and specs hold no circles, and it walks all of them.

    A quarter of the time of checking 10,000 alerts was its, and two thirds of that of reviving them.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
