"""The component for policies and the conditions in them."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_newrelic as newrelic

from infra.context import Context
from infra.observability.conditions import condition_tags, nrql_condition_arguments, policy_arguments
from infra.observability.tagging import tag
from monitors.spec import NrqlCondition, Observability, Policy


class Alerting(pulumi.ComponentResource):
    """Every policy and condition; `policy_ids` holds New Relic's ids of the policies by key."""

    policy_ids: Mapping[str, pulumi.Output[str]]

    def __init__(
        self,
        name: str,
        observability: Observability,
        context: Context,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("legal-platform:observability:Alerting", name, None, opts)
        self._context = context
        self.policy_ids = {policy.key: self._policy(policy) for policy in observability.policies}
        self.register_outputs({"policyIds": self.policy_ids})

    def _policy(self, policy: Policy) -> pulumi.Output[str]:
        made = newrelic.AlertPolicy(
            policy.key, policy_arguments(policy, context=self._context), pulumi.ResourceOptions(parent=self)
        )
        tag(made, policy.key, made.entity_guid, self._context.tags)
        for condition in policy.conditions:
            self._condition(condition, made.id)
        return made.id

    def _condition(self, condition: NrqlCondition, policy_id: pulumi.Output[str]) -> None:
        arguments = nrql_condition_arguments(condition, policy_id=policy_id, context=self._context)
        # A change between static and baseline replaces the condition. With a given name Pulumi would delete the old one
        # first, and no alert would be left if New Relic then refused the new one.
        child = pulumi.ResourceOptions(parent=self, delete_before_replace=False)
        made = newrelic.NrqlAlertCondition(condition.key, arguments, child)
        tag(made, condition.key, made.entity_guid, condition_tags(condition, self._context))
