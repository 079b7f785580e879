"""What an aggregate is compiled for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from monitors.nrql.evaluator.arguments import positional
from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.primitives import Primitives, both
from monitors.nrql.evaluator.values import Value
from monitors.nrql.functions import is_aggregate
from monitors.nrql.tree import Call, Expression


@dataclass(frozen=True)
class Group:
    """Rows, primitives, a condition on the rows, and the time of a group.

    `seconds` is SQL of its length and `end` of its end, None where that is not known, as of a window to come.
    """

    rows: Compiler
    primitives: Primitives
    where: str | None = None
    seconds: str | None = None
    end: str | None = None

    def aggregated(self, call: Call) -> Value:
        """Return the SQL of an aggregate call. Raises `NotEvaluated` for one that is not evaluated."""
        from monitors.nrql.evaluator.aggregate_table import aggregate

        return aggregate(call)(self, call)

    def when(self, condition: Expression) -> Group:
        """Return a group of fewer rows."""
        return replace(self, where=both(self.where, self.rows.condition(condition)))

    def argument(self, call: Call) -> Value:
        """Return the first argument's value in a row."""
        return self.rows.value(positional(call)[0])

    def inner(self, call: Call) -> Call:
        """Return the aggregate within `filter`, `percentage` and `rate`."""
        inner = positional(call)[0]
        if not (isinstance(inner, Call) and is_aggregate(inner)):
            raise NotEvaluated(f"{call.function}() takes an aggregate function as its first argument")
        return inner

    def ends_at(self, call: Call) -> str:
        """Return SQL of the end of the group's time. Raises `NotEvaluated` where it is not known."""
        if self.end is None:
            raise NotEvaluated(f"{call.function}() needs to know when a window ends, which is not given here")
        return self.end


Aggregate = Callable[[Group, Call], Value]
