"""What somebody made by hand in the local account."""

from __future__ import annotations

from lookout.drift.strangers import KINDS, Inventory, Stranger
from lookout.stack.account import Account

_VENDORS = {
    "newrelic": ("NrqlAlertCondition", "Workflow", "AlertMutingRule", "NotificationChannel"),
    "pagerduty": ("EscalationPolicy", "Service", "ServiceIntegration", "MaintenanceWindow"),
}


def inventory(account: Account) -> Inventory:
    """Return every object of the account of a kind that can touch ours, those of our own state too."""
    found = tuple(
        Stranger(
            vendor, kind, one.id, str(one.inputs.get("name") or one.inputs.get("description") or one.id), one.inputs
        )
        for vendor, kinds in _VENDORS.items()
        for kind in kinds
        if kind in KINDS
        for one in account.find(vendor, kind, {})
    )
    return Inventory(found)
