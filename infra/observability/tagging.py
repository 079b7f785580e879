"""Marks entities at New Relic as this stack's own."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_newrelic as newrelic


def tag_arguments(guid: pulumi.Input[str], tags: Mapping[str, str]) -> newrelic.EntityTagsArgs:
    """Return the tags of one entity, in the order of their names."""
    return newrelic.EntityTagsArgs(
        guid=guid, tags=[newrelic.EntityTagsTagArgs(key=key, values=[tags[key]]) for key in sorted(tags)]
    )


def tag(entity: pulumi.Resource, key: str, guid: pulumi.Input[str], tags: Mapping[str, str]) -> None:
    """Tag an entity; the tags stand below it, so that a policy and a condition may have the same key.

    An update at New Relic replaces all tags of the entity: one that was added by hand is gone after the next change.
    """
    newrelic.EntityTags(key, tag_arguments(guid, tags), pulumi.ResourceOptions(parent=entity))
