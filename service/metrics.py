"""The catalogue of everything the service emits: each metric, event and attribute, with kind, unit and meaning.

Monitors build their queries from it and the service emits by it, so that a name exists in one place. Standard library
only.

Rates are not emitted as ready-made figures: a rate of rates is wrong as soon as instances or minutes differ in volume.
The service emits counts and distributions, and NRQL divides their sums. Where the product names a rate
(`Custom/Skills/ErrorRate`), it is a distribution with one point of 0 or 100 for each execution, whose `average()` (sum
by count) is the exact rate. New Relic's Metric API keeps count, sum, least and greatest of a distribution; percentiles
are taken from the events, which hold every single value.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Kind(StrEnum):
    """How points of a metric are aggregated: added up, kept as count/sum/min/max, or the latest taken."""

    COUNT = "count"
    DISTRIBUTION = "distribution"
    GAUGE = "gauge"


class Unit(StrEnum):
    """What one unit of a value is; `ONE` is a plain number of things."""

    ONE = "1"
    MILLISECONDS = "ms"
    SECONDS = "s"
    DAYS = "d"
    PERCENT = "%"
    USD = "USD"
    TOKENS = "tokens"
    BYTES = "bytes"
    MEGABYTES = "MB"


class Type(StrEnum):
    """The type of an attribute's value, as New Relic keeps it."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Attribute:
    """One attribute; `values` lists what it can hold when that is a closed set, and is empty otherwise.

    `least` and `most` bound what a number can be, None where there is no bound. An attribute is `unique` when nearly
    every point has a value of its own.
    """

    name: str
    meaning: str
    type: Type = Type.TEXT
    unit: Unit | None = None
    values: tuple[str, ...] = ()
    least: float | None = 0
    most: float | None = None
    unique: bool = False


@dataclass(frozen=True)
class Metric:
    """One metric; it carries `attributes` and, beside them, the `COMMON` ones.

    `least` and `most` bound a single value, None where there is no bound. `every_seconds` is how often a point comes
    whether anything happens or not, None where points come with what is measured; of a `rare` one hours may pass
    without any.
    """

    name: str
    kind: Kind
    unit: Unit
    meaning: str
    attributes: tuple[Attribute, ...] = ()
    least: float | None = 0
    most: float | None = None
    every_seconds: int | None = None
    rare: bool = False


@dataclass(frozen=True)
class Event:
    """One event type; it carries `attributes` and, beside them, the `COMMON` ones and New Relic's `timestamp`.

    Of a `rare` one hours may pass without any.
    """

    name: str
    meaning: str
    attributes: tuple[Attribute, ...]
    rare: bool = False


def _number(name: str, unit: Unit, meaning: str, least: float | None = 0, most: float | None = None) -> Attribute:
    return Attribute(name, meaning, Type.NUMBER, unit, least=least, most=most)


TASKS: Final = ("analyze", "draft", "research", "compliance")
MODELS: Final = ("haiku", "sonnet", "opus", "grok")
OUTCOMES: Final = ("success", "error", "timeout")
TOKEN_KINDS: Final = ("input", "output", "cache_read", "cache_creation")
COMPONENTS: Final = ("service", "database", "redis", "claude_api", "skills_api")

SERVICE: Final = Attribute("service", "The Render service that emitted it, such as legal-platform-ai-service.")
ENV: Final = Attribute("env", "The environment.", values=("staging", "prod"))
INSTANCE: Final = Attribute("instance", "The instance of the service.")
VERSION: Final = Attribute("version", "The deployed version: the image's tag or the commit.")
COMMON: Final = (SERVICE, ENV, INSTANCE, VERSION)

TASK: Final = Attribute("task", "What the caller asked for.", values=TASKS)
SKILL_ID: Final = Attribute("skillId", "The skill that ran, `none` where the request ran without one.")
MODEL: Final = Attribute("model", "The family of the model that answered.", values=MODELS)
OUTCOME: Final = Attribute("outcome", "How it ended; a timeout is told apart from other errors.", values=OUTCOMES)
VARIANT: Final = Attribute("variant", "The side of the rollout the user is on.", values=("canary", "control"))
ANSWERED_BY: Final = Attribute(
    "answeredBy",
    "Who answered: Claude with the skill, Claude without it, the second vendor, the result cache, or nobody.",
    values=("skill", "claude", "grok", "cache", "nobody"),
)
CACHE_RESULT: Final = Attribute("result", "What the look-up found.", values=("hit", "miss"))
TOKEN_KIND: Final = Attribute(
    "tokenKind", "The kind of token, as the vendor bills them; `input` leaves the cached ones out.", values=TOKEN_KINDS
)
COMPONENT: Final = Attribute("component", "The whole service, or the dependency that was checked.", values=COMPONENTS)
STATUS_CODE: Final = _number("statusCode", Unit.ONE, "The HTTP status of the answer; 0 when none came.")
KEY_NAME: Final = Attribute("keyName", "The setting that holds the key, never the key.", values=("anthropic", "xai"))
DROP_REASON: Final = Attribute("reason", "Why it was let go.", values=("age", "size", "poison"))

EXECUTION: Final = (TASK, SKILL_ID, MODEL, OUTCOME, VARIANT)

EXECUTION_COUNT: Final = Metric(
    "Custom/Skills/ExecutionCount", Kind.COUNT, Unit.ONE, "Executions of a skill that ended.", EXECUTION
)
EXECUTION_TIME: Final = Metric(
    "Custom/Skills/ExecutionTime", Kind.DISTRIBUTION, Unit.MILLISECONDS, "How long an execution took.", EXECUTION
)
TOKEN_SAVINGS: Final = Metric(
    "Custom/Skills/TokenSavings",
    Kind.DISTRIBUTION,
    Unit.TOKENS,
    "Tokens an execution used less than the same work without skills; negative when it used more.",
    (TASK, SKILL_ID, MODEL, VARIANT),
    least=None,
)
SUCCESS_RATE: Final = Metric(
    "Custom/Skills/SuccessRate",
    Kind.DISTRIBUTION,
    Unit.PERCENT,
    "100 for an execution that succeeded, 0 for one that did not; the average is the success rate.",
    (TASK, SKILL_ID, MODEL, VARIANT),
    most=100,
)
ERROR_RATE: Final = Metric(
    "Custom/Skills/ErrorRate",
    Kind.DISTRIBUTION,
    Unit.PERCENT,
    "100 for an execution that failed (timeouts included), 0 for one that did not; the average is the error rate.",
    (TASK, SKILL_ID, MODEL, VARIANT),
    most=100,
)
SKILL_CACHE_LOOKUPS: Final = Metric(
    "Custom/Skills/CacheLookupCount",
    Kind.COUNT,
    Unit.ONE,
    "Look-ups in the cache of deterministic results.",
    (TASK, CACHE_RESULT, VARIANT),
)
SKILL_CACHE_TIME: Final = Metric(
    "Custom/Skills/CacheLookupTime", Kind.DISTRIBUTION, Unit.MILLISECONDS, "How long a look-up took.", (CACHE_RESULT,)
)
ACTIVE_SKILLS: Final = Metric(
    "Custom/Skills/ActiveSkills", Kind.GAUGE, Unit.ONE, "Skills that requests can be routed to now."
)

DAILY_COST: Final = Metric(
    "Custom/Cost/TotalDailyCost",
    Kind.GAUGE,
    Unit.USD,
    "What the AI calls of all instances have cost since midnight UTC; every instance reports the shared figure.",
)
REQUEST_COST: Final = Metric(
    "Custom/Cost/RequestCost",
    Kind.DISTRIBUTION,
    Unit.USD,
    "What an execution cost, all attempts and vendors included.",
    (TASK, SKILL_ID, MODEL, VARIANT),
)
BASELINE_COST: Final = Metric(
    "Custom/Cost/BaselineCost",
    Kind.DISTRIBUTION,
    Unit.USD,
    "What the same work would have cost without skills.",
    (TASK, SKILL_ID, MODEL, VARIANT),
)
SAVINGS_PERCENT: Final = Metric(
    "Custom/Cost/SavingsPercent",
    Kind.DISTRIBUTION,
    Unit.PERCENT,
    "Savings of one execution against its baseline. For a period divide the sums of cost and baseline instead: "
    "this average weighs cheap requests like dear ones.",
    (TASK, SKILL_ID, MODEL, VARIANT),
    least=None,
    most=100,
)
TOKENS_USED: Final = Metric(
    "Custom/Cost/TokensUsed",
    Kind.COUNT,
    Unit.TOKENS,
    "Tokens the vendor counted; all kinds together are what was used.",
    (TASK, SKILL_ID, MODEL, TOKEN_KIND, VARIANT),
)
BASELINE_TOKENS: Final = Metric(
    "Custom/Cost/BaselineTokens",
    Kind.COUNT,
    Unit.TOKENS,
    "Tokens the same work would have used without skills.",
    (TASK, SKILL_ID, MODEL, VARIANT),
)
PROJECTED_COST: Final = Metric(
    "Custom/Cost/ProjectedMonthlyCost", Kind.GAUGE, Unit.USD, "The projection for the next 30 days."
)
COST_ANOMALIES: Final = Metric(
    "Custom/Cost/AnomalyCount",
    Kind.COUNT,
    Unit.ONE,
    "Hours whose cost was found far from the usual.",
    (SKILL_ID, MODEL),
    rare=True,
)

API_CALLS: Final = Metric(
    "Custom/Claude/ApiCallCount",
    Kind.COUNT,
    Unit.ONE,
    "Calls of the Claude API, each attempt of a retry counted.",
    (MODEL, OUTCOME, STATUS_CODE),
)
API_CALL_TIME: Final = Metric(
    "Custom/Claude/ApiCallTime", Kind.DISTRIBUTION, Unit.MILLISECONDS, "How long a call took.", (MODEL, OUTCOME)
)
BREAKER_OPENINGS: Final = Metric(
    "Custom/Claude/BreakerOpenCount",
    Kind.COUNT,
    Unit.ONE,
    "Times a vendor's circuit breaker opened.",
    (Attribute("vendor", "Whose breaker.", values=("anthropic", "xai")),),
    rare=True,
)
KEY_AGE: Final = Metric(
    "Custom/Security/ApiKeyAge", Kind.GAUGE, Unit.DAYS, "Days since an API key was put in place.", (KEY_NAME,)
)

REQUEST_COUNT: Final = Metric(
    "Custom/Service/RequestCount",
    Kind.COUNT,
    Unit.ONE,
    "Requests of the API that were answered; refused input (4xx) is a success of the service.",
    (TASK, OUTCOME, STATUS_CODE, ANSWERED_BY, VARIANT),
)
RESPONSE_TIME: Final = Metric(
    "Custom/Service/ResponseTime",
    Kind.DISTRIBUTION,
    Unit.MILLISECONDS,
    "From a request's arrival to the end of its answer.",
    (TASK, OUTCOME, ANSWERED_BY, VARIANT),
)
ROUTING_TIME: Final = Metric(
    "Custom/Service/RoutingTime",
    Kind.DISTRIBUTION,
    Unit.MILLISECONDS,
    "How long choosing skill and model took.",
    (TASK,),
)
RATE_LIMITED: Final = Metric(
    "Custom/Service/RateLimitedCount", Kind.COUNT, Unit.ONE, "Requests refused for one user's rate limit.", (TASK,)
)
HEALTH: Final = Metric(
    "Custom/Service/Health",
    Kind.GAUGE,
    Unit.ONE,
    "1 when healthy, 0 when not; one point for each component every 20 s.",
    (COMPONENT,),
    most=1,
    every_seconds=20,
)
MEMORY_PERCENT: Final = Metric(
    "Custom/Service/MemoryUsedPercent",
    Kind.GAUGE,
    Unit.PERCENT,
    "Resident memory of the plan's memory.",
    most=100,
)
MEMORY_MEGABYTES: Final = Metric("Custom/Service/MemoryUsed", Kind.GAUGE, Unit.MEGABYTES, "Resident memory.")
CPU_PERCENT: Final = Metric(
    "Custom/Service/CpuUsedPercent", Kind.GAUGE, Unit.PERCENT, "CPU time of the plan's CPU time."
)
CONNECTION_FAILURES: Final = Metric(
    "Custom/Service/DatabaseConnectionFailureCount",
    Kind.COUNT,
    Unit.ONE,
    "Connections to Postgres that were refused, dropped or timed out; 0 is reported every 20 s when there is none.",
    every_seconds=20,
)
ACTIVE_USERS: Final = Metric("Custom/Service/ActiveUsers", Kind.GAUGE, Unit.ONE, "Users seen in the last five minutes.")

SATISFACTION: Final = Metric(
    "Custom/Experience/SatisfactionPercent",
    Kind.DISTRIBUTION,
    Unit.PERCENT,
    "100 for an answer the user found useful, 0 for one not; given answers only.",
    (TASK, SKILL_ID, VARIANT),
    most=100,
)
ROLLOUT_PERCENTAGE: Final = Metric(
    "Custom/Rollout/Percentage",
    Kind.GAUGE,
    Unit.PERCENT,
    "The share of users with skills on.",
    most=100,
)

SPOOL_BYTES: Final = Metric(
    "Custom/Telemetry/SpoolSize", Kind.GAUGE, Unit.BYTES, "Telemetry on disk, not yet delivered."
)
SPOOL_AGE: Final = Metric(
    "Custom/Telemetry/SpoolOldestAge", Kind.GAUGE, Unit.SECONDS, "Age of the oldest record not yet delivered."
)
SPOOL_DROPPED: Final = Metric(
    "Custom/Telemetry/DroppedCount",
    Kind.COUNT,
    Unit.ONE,
    "Records let go undelivered.",
    (DROP_REASON,),
    rare=True,
)

SKILL_EXECUTION: Final = Event(
    "SkillExecution",
    "One execution, whole: every metric of the execution is derived from it.",
    (
        Attribute(
            "executionId", "Unique for each execution: a repeat after a lost acknowledgement can be told.", unique=True
        ),
        Attribute("requestId", "The caller's request.", unique=True),
        Attribute("traceId", "The trace, as in the logs.", unique=True),
        TASK,
        SKILL_ID,
        Attribute("skillVersion", "The skill's version."),
        MODEL,
        Attribute("modelId", "The vendor's full name of the model."),
        ANSWERED_BY,
        VARIANT,
        _number("userBucket", Unit.ONE, "The user's rollout bucket, 1 to 100; the user is not told."),
        OUTCOME,
        Attribute("success", "Whether the outcome is success.", Type.BOOLEAN),
        Attribute("errorKind", "The kind of the last error, absent when there was none."),
        _number("attempts", Unit.ONE, "Calls made of all vendors."),
        Attribute("cacheHit", "Whether the result cache answered.", Type.BOOLEAN),
        Attribute("fallback", "Whether the second vendor answered.", Type.BOOLEAN),
        _number("executionTime", Unit.MILLISECONDS, "How long it took."),
        _number("routingTime", Unit.MILLISECONDS, "How long choosing skill and model took."),
        _number("inputTokens", Unit.TOKENS, "Input tokens that no cache served."),
        _number("outputTokens", Unit.TOKENS, "Output tokens."),
        _number("cacheReadTokens", Unit.TOKENS, "Input tokens read from the prompt cache."),
        _number("cacheCreationTokens", Unit.TOKENS, "Input tokens written to the prompt cache."),
        _number("baselineTokens", Unit.TOKENS, "Tokens of the same work without skills."),
        _number("tokenSavings", Unit.TOKENS, "Baseline less what was used.", least=None),
        _number("cost", Unit.USD, "What it cost."),
        _number("baselineCost", Unit.USD, "What the same work would have cost without skills."),
        _number("savingsPercent", Unit.PERCENT, "Savings against the baseline.", least=None, most=100),
    ),
)
ROLLOUT_CHANGE: Final = Event(
    "RolloutChange",
    "The rollout percentage was changed.",
    (
        _number("before", Unit.PERCENT, "The percentage before.", most=100),
        _number("after", Unit.PERCENT, "The percentage after.", most=100),
        Attribute("changedBy", "The role or program that changed it."),
        Attribute("reason", "The reason given."),
    ),
    rare=True,
)
SKILL_ADMINISTRATION: Final = Event(
    "SkillAdministration",
    "A skill was uploaded or deleted, or that was refused.",
    (
        Attribute("action", "What was asked.", values=("upload", "delete")),
        SKILL_ID,
        Attribute("changedBy", "The role that asked."),
        Attribute("result", "Whether it was done.", values=("done", "refused")),
        Attribute("reason", "Why it was refused, absent when it was done."),
    ),
    rare=True,
)

LOG_ATTRIBUTES: Final = (
    Attribute("level", "The severity.", values=("debug", "info", "warning", "error", "critical")),
    Attribute("message", "What happened, in one line."),
    Attribute("logger", "The part of the service that wrote it."),
    Attribute("trace.id", "The trace the line belongs to, in New Relic's own spelling.", unique=True),
    Attribute("span.id", "The span within the trace.", unique=True),
    Attribute("request.id", "The caller's request.", unique=True),
)

_METRICS: Final = (
    *(EXECUTION_COUNT, EXECUTION_TIME, TOKEN_SAVINGS, SUCCESS_RATE, ERROR_RATE),
    *(SKILL_CACHE_LOOKUPS, SKILL_CACHE_TIME, ACTIVE_SKILLS),
    *(DAILY_COST, REQUEST_COST, BASELINE_COST, SAVINGS_PERCENT, TOKENS_USED, BASELINE_TOKENS),
    *(PROJECTED_COST, COST_ANOMALIES),
    *(API_CALLS, API_CALL_TIME, BREAKER_OPENINGS, KEY_AGE),
    *(REQUEST_COUNT, RESPONSE_TIME, ROUTING_TIME, RATE_LIMITED, HEALTH),
    *(MEMORY_PERCENT, MEMORY_MEGABYTES, CPU_PERCENT, CONNECTION_FAILURES, ACTIVE_USERS),
    *(SATISFACTION, ROLLOUT_PERCENTAGE, SPOOL_BYTES, SPOOL_AGE, SPOOL_DROPPED),
)
METRICS: Final = MappingProxyType({metric.name: metric for metric in _METRICS})
EVENTS: Final = MappingProxyType(
    {event.name: event for event in (SKILL_EXECUTION, ROLLOUT_CHANGE, SKILL_ADMINISTRATION)}
)
