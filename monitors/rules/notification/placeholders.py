"""The variables of New Relic's messages, and those that a template names.

Source: docs.newrelic.com, "Workflow variables" and "Notification message templates" (handlebars).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

KNOWN: Final = frozenset(
    f"""
    accumulations.conditionDescription accumulations.conditionFamilyId accumulations.conditionName
    accumulations.conditionProduct accumulations.deepLinkUrl accumulations.evaluation.metricValueFunction
    accumulations.evaluation.name accumulations.nrqlQuery accumulations.origins accumulations.policyName
    accumulations.runbookUrl accumulations.sources
    acknowledgedBy activatedAt annotations.description annotations.title annotations.wildcard closedAt closedBy
    closedIncidentsCount createdAt entitiesData.entities entitiesData.ids entitiesData.kinds entitiesData.names
    entitiesData.types impactedEntitiesCount incidentIds isAcknowledged isCorrelated
    {" ".join(f"issue{name}" for name in ("AckUrl", "AcknowledgedAt", "ActivatedAtUtc", "CloseUrl", "ClosedAt"))}
    {" ".join(f"issue{name}" for name in ("ClosedAtUtc", "CreatedAtUtc", "DurationMs", "DurationText", "Id"))}
    {" ".join(f"issue{name}" for name in ("PageUrl", "Title", "UpdatedAt"))}
    labels.accountIds labels.aggregationKeys labels.originalAccountIds labels.policyIds labels.targetId
    mutingState nrAccountId openIncidentsCount owner policyUrl priority priorityText realIssueCount state stateText
    status totalIncidents triggerEvent triggeredAt updatedAt violationChartUrl workflowName
    """.split()
)
_OPEN: Final = ("accumulations.tag.", "dataMLModules.", "annotations.wildcard.")
_EXPRESSION: Final = re.compile(r"\{\{\{?(.*?)\}?\}\}", re.DOTALL)
_WORD: Final = re.compile(r"""'[^']*'|"[^"]*"|[^\s()]+""")
_SCOPED: Final = re.compile(r"\{\{#(each|with)\b")
_PLAIN_WORDS: Final = frozenset({"else", "this", "as", "true", "false", "null", "undefined"})


def paths(template: str) -> Iterator[str]:
    """Yield every variable that a handlebars template names; within `#each` and `#with` names are not the issue's."""
    if _SCOPED.search(template):
        return
    for found in _EXPRESSION.finditer(template):
        content = found[1].strip()
        if not content or content[0] in "!/>&":
            continue
        words = _WORD.findall(content.lstrip("#^~").rstrip("~"))
        if len(words) > 1:
            words = words[1:]  # the first is a helper: json, escape, if ...
        yield from (word for word in words if _is_path(word))


def is_known(path: str) -> bool:
    """Say whether New Relic has a variable; an element of a list, `.[0]` or `.0`, belongs to its list."""
    base = re.sub(r"(\.\[[^\]]*\]|\.\d+)+$", "", path)
    return base in KNOWN or base.startswith(_OPEN)


def _is_path(word: str) -> bool:
    return word[0] not in "'\"@" and not re.fullmatch(r"-?\d+(\.\d+)?", word) and word not in _PLAIN_WORDS
