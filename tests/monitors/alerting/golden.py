"""Where each golden case comes from."""

from __future__ import annotations

from typing import Final

_DOCS: Final = "https://docs.newrelic.com/docs"
TERMS: Final = f"{_DOCS}/alerts/create-alert/fine-tune/streaming-alerts-key-terms-concepts"
METHODS: Final = f"{_DOCS}/alerts/create-alert/fine-tune/choose-your-aggregation-method"
CONDITIONS: Final = f"{_DOCS}/alerts/create-alert/create-alert-condition/create-nrql-alert-conditions"
THRESHOLDS: Final = f"{_DOCS}/alerts/create-alert/set-thresholds/set-thresholds-alert-condition"
GAPS: Final = f"{_DOCS}/apis/nerdgraph/examples/nerdgraph-api-loss-signal-gap-filling"
CLOSING: Final = f"{_DOCS}/alerts/alert-event-management/how-alert-condition-events-are-closed"
CHOICE: Final = "docs/alert-semantics.md, named limits"
