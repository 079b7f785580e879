"""The component for dashboards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_newrelic as newrelic

from infra.context import Context
from infra.observability.tagging import tag
from infra.observability.widgets import page_arguments
from monitors.spec import Dashboard, Variable


class Dashboards(pulumi.ComponentResource):
    """Every dashboard; `links` holds New Relic's addresses of them by name."""

    links: Mapping[str, pulumi.Output[str]]

    def __init__(
        self,
        name: str,
        dashboards: Sequence[Dashboard],
        context: Context,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("legal-platform:observability:Dashboards", name, None, opts)
        self._context = context
        self.links = {dashboard.name: self._dashboard(dashboard) for dashboard in dashboards}
        self.register_outputs({"links": self.links})

    def _dashboard(self, dashboard: Dashboard) -> pulumi.Output[str]:
        arguments = dashboard_arguments(dashboard, context=self._context)
        made = newrelic.OneDashboard(dashboard.key, arguments, pulumi.ResourceOptions(parent=self))
        tag(made, dashboard.key, made.guid, self._context.tags)
        return made.permalink


def dashboard_arguments(dashboard: Dashboard, *, context: Context) -> newrelic.OneDashboardArgs:
    """Return a dashboard with its pages and variables."""
    return newrelic.OneDashboardArgs(
        account_id=context.account_id,
        name=dashboard.name,
        description=dashboard.description or None,
        permissions=dashboard.permissions,
        pages=[page_arguments(page, context.account_id) for page in dashboard.pages],
        variables=[_variable(variable, context.account_id) for variable in dashboard.variables] or None,
    )


def _variable(variable: Variable, account_id: str) -> newrelic.OneDashboardVariableArgs:
    query = newrelic.OneDashboardVariableNrqlQueryArgs(account_ids=[account_id], query=variable.query or "")
    return newrelic.OneDashboardVariableArgs(
        name=variable.name,
        title=variable.title,
        type="nrql" if variable.query else "enum",
        replacement_strategy=variable.replacement,
        default_values=list(variable.default),
        is_multi_selection=variable.multiple,
        items=[newrelic.OneDashboardVariableItemArgs(title=one, value=one) for one in variable.options] or None,
        nrql_query=query if variable.query else None,
    )
