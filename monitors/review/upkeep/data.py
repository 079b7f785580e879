"""What an edit of a data rule changes: what is let go on arrival, how long logs are kept, and what still reads them.

Both kinds act on arrival: what was recorded before stays as it is (docs.newrelic.com, "Drop data using NerdGraph" and
"Organize data with partitions").
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from monitors.nrql import NrqlSyntaxError, parse_condition, parse_deletion, to_text
from monitors.nrql.tree import Deletion, EventType
from monitors.review.alerts.queries import differing
from monitors.review.changes import Area, Change, Danger, Operation
from monitors.review.context import Context
from monitors.review.findings import Finding, alone, changed
from monitors.review.matching import matched
from monitors.review.readers import Readers, readers_of_dropped, readers_of_type
from monitors.review.upkeep import names
from monitors.spec import DataRule, DropRule, LogPartition, Stack
from monitors.words import listed

_KIND = "data-rule"
_KEPT = {"STANDARD": "as long as the account keeps logs", "SECONDARY": "30 days"}
_LOG = "Log"


def changes(context: Context) -> Iterator[Change]:
    """Yield a change for each data rule that differs."""
    before, after = context.before.observability.data_rules, context.after.observability.data_rules
    if before == after:
        return
    matches = matched(before, after, _essence)
    for old, new in (*matches.pairs, *matches.renamed):
        if old != new:
            yield changed(_KIND, Area.UPKEEP, old, new, _findings(context.after, old, new))
    for one in matches.added:
        danger, fact = _read_by(context.after, one)
        says = f"is new: it {_does(one)}, and {fact.says}"
        yield alone(_KIND, Area.UPKEEP, one, Operation.ADDED, danger, says, [])
    for one in matches.removed:
        yield _removed(context.after, one)


def _essence(rule: DataRule) -> tuple[Hashable, ...]:
    if isinstance(rule, DropRule):
        return rule.statement, rule.name
    return (rule.partition, rule.where), rule.partition


def _findings(after: Stack, old: DataRule, new: DataRule) -> Iterator[Finding]:
    danger, read = _read_by(after, new)
    if isinstance(old, DropRule) and isinstance(new, DropRule):
        if old.statement != new.statement:
            was, now = differing(old.statement, new.statement)
            says = f"{_does(new)}, before it {_does(old)}"
            yield Finding("what is dropped", says, danger, f"it {read.says}", was, now, "statement")
        yield from names.findings(old, new, "name")
    elif isinstance(old, LogPartition) and isinstance(new, LogPartition):
        yield from _partition(after, old, new)
    else:
        says, meaning = f"{_does(new)}, before it {_does(old)}", f"it {read.says}"
        yield Finding("rule", says, danger, meaning, _does(old), _does(new), "type")
    yield from names.findings(old, new, "key", "description")


def _partition(after: Stack, old: LogPartition, new: LogPartition) -> Iterator[Finding]:
    if old.retention != new.retention:
        was, now = _KEPT[old.retention], _KEPT[new.retention]
        meaning = "what comes from now on is kept so long; what is there already stays as it was"
        says = f"keeps its logs {now}, before {was}"
        yield Finding("retention", says, Danger.MEDIUM, meaning, was, now, "retention")
    if old.where != new.where:
        was, now = differing(old.where, new.where)
        says = f"takes logs where {new.where}, before where {old.where}"
        meaning = f"the other logs stay in {_LOG}, where queries of {new.partition} do not find them"
        yield Finding("which logs", says, Danger.MEDIUM, meaning, was, now, "where")
    if old.partition != new.partition:
        lost = readers_of_type(after, old.partition)
        meaning = "what was recorded before stays in the old one"
        if lost.names:
            meaning += f", which {lost.names} still read"
        says = f"puts its logs into {new.partition}, before into {old.partition}"
        danger = Danger.HIGH if lost.page else Danger.MEDIUM
        yield Finding("partition", says, danger, meaning, old.partition, new.partition, "partition")


def _removed(after: Stack, rule: DataRule) -> Change:
    if isinstance(rule, DropRule):
        says = f"is gone: {_dropped(rule)} is kept and billed from now on"
        return alone(_KIND, Area.UPKEEP, rule, Operation.REMOVED, Danger.MEDIUM, says, [])
    lost = readers_of_type(after, rule.partition)
    says = f"is gone: its logs go into {_LOG} from now on, not into {rule.partition}"
    facts = []
    danger = Danger.HIGH if lost.page else Danger.MEDIUM
    if lost.names:
        facts.append(Finding("read by", f"is still read by {lost.names}, and finds nothing new", danger))
    return alone(_KIND, Area.UPKEEP, rule, Operation.REMOVED, danger, says, facts)


def _read_by(stack: Stack, rule: DataRule) -> tuple[Danger, Finding]:
    """Return what reads the data that a rule takes away, and how dangerous that is."""
    readers = _readers(stack, rule)
    danger = Danger.HIGH if readers.page else Danger.MEDIUM
    if readers.names:
        what = "drops" if isinstance(rule, DropRule) else "moves"
        return danger, Finding("read by", f"{what} data that {readers.names} may read", danger)
    return danger, Finding("read by", "takes no data from any alert or dashboard", danger)


def _readers(stack: Stack, rule: DataRule) -> Readers:
    """Return what reads the data that a rule takes away; a partition takes its logs out of Log."""
    try:
        if isinstance(rule, DropRule):
            taken = parse_deletion(rule.statement)
        else:
            taken = Deletion(EventType(_LOG), where=parse_condition(rule.where))
    except NrqlSyntaxError:
        return Readers((), (), page=False)
    return readers_of_dropped(stack, taken)


def _does(rule: DataRule) -> str:
    if isinstance(rule, DropRule):
        return f"lets go {_dropped(rule)}"
    return f"keeps logs where {rule.where} in {rule.partition}, {_KEPT[rule.retention]}"


def _dropped(rule: DropRule) -> str:
    """Return what a rule drops, such as `Log where level = 'debug'`."""
    try:
        deletion = parse_deletion(rule.statement)
    except NrqlSyntaxError:
        return rule.statement
    where = "" if deletion.where is None else f" where {to_text(deletion.where)}"
    what = f"{deletion.event_type.name}{where}"
    return f"{listed(one.name for one in deletion.attributes)} of {what}" if deletion.attributes else what
