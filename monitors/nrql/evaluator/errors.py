"""What the evaluator refuses."""

from __future__ import annotations


class NotEvaluated(ValueError):
    """A query holds something that is not evaluated offline; the message names the function or clause and says why."""


class DataError(ValueError):
    """Recorded data cannot be read or does not fit; the message names the file, the place and what to do."""
