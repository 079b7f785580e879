"""A recording keeps what was registered, masks every secret and answers as the engine would."""

from __future__ import annotations

import asyncio

import pulumi
import pulumi_newrelic as newrelic
import pulumi_pagerduty as pagerduty
import pytest

from infra.recording import SECRET, record
from infra.render_provider import sdk

CLEAR_TEXT = "seeded-clear-text"


class Group(pulumi.ComponentResource):
    def __init__(self) -> None:
        super().__init__("legal-platform:tests:Group", "group")
        options = pulumi.ResourceOptions(
            parent=self, protect=True, ignore_changes=["color"], additional_secret_outputs=["summary"]
        )
        self.tag = pagerduty.Tag("tag", label="first", opts=options)


def _group() -> None:
    Group()


def test_a_resource_is_kept_with_parent_inputs_and_options() -> None:
    found = record(_group).of_type("Tag")["tag"]
    assert found.type == "pagerduty:index/tag:Tag"
    assert (found.parent, found.inputs, found.is_custom) == ("group", {"label": "first"}, True)
    assert (found.protect, found.ignore_changes, found.secret_outputs) == (True, ("color",), ("summary",))


def test_a_component_is_kept_as_one() -> None:
    found = record(_group).of_type("Group")["group"]
    assert (found.is_custom, found.parent) == (False, None)


def test_a_urn_is_the_engines() -> None:
    found = record(_group, stack="prod").of_type("Tag")["tag"]
    assert found.urn == "urn:pulumi:prod::legal-platform::legal-platform:tests:Group$pagerduty:index/tag:Tag::tag"


def test_an_id_tells_whose_it_is() -> None:
    def program() -> None:
        policy = newrelic.AlertPolicy("skills", name="Skills")
        newrelic.EntityTags("tags", guid=policy.id, tags=[])

    assert record(program).of_type("EntityTags")["tags"].inputs["guid"] == "AlertPolicy:skills"


def test_a_secret_input_is_masked_where_it_stands_and_nothing_else_is() -> None:
    def program() -> None:
        key = pulumi.Config("legal-platform").require_secret("key")
        sdk.EnvironmentGroup(
            "shared", name="shared", owner_id="tea-1", managed_by="test", env_vars={"KEY": key, "MODE": "on"}
        )

    found = record(program, config={"legal-platform:key": CLEAR_TEXT}, secret_keys=["legal-platform:key"])
    assert found.of_type("EnvironmentGroup")["shared"].inputs["envVars"] == {"KEY": SECRET, "MODE": "on"}
    assert CLEAR_TEXT not in repr(found)


def test_a_secret_output_stays_secret_in_what_uses_it() -> None:
    def program() -> None:
        options = pulumi.ResourceOptions(additional_secret_outputs=["integrationKey"])
        made = pagerduty.ServiceIntegration("way-in", service="P1", opts=options)
        pagerduty.Tag("tag", label=made.integration_key)
        pulumi.export("link", made.html_url)

    found = record(program)
    assert found.of_type("Tag")["tag"].inputs == {"label": SECRET}
    assert found.exports == {"link": "ServiceIntegration:way-in.htmlUrl"}


def test_an_export_that_is_secret_is_masked() -> None:
    found = record(lambda: pulumi.export("key", pulumi.Output.secret(CLEAR_TEXT)))
    assert found.exports == {"key": SECRET}


def test_a_known_look_up_is_answered() -> None:
    def program() -> None:
        vendor = pagerduty.get_vendor_output(name="New Relic")
        pagerduty.ServiceIntegration("way-in", service="P1", vendor=vendor.id)

    assert record(program).of_type("ServiceIntegration")["way-in"].inputs["vendor"] == "Vendor:New Relic"


def test_an_unknown_look_up_is_refused_by_name() -> None:
    with pytest.raises(NotImplementedError, match="looks up pagerduty:index/getUser:getUser"):
        record(lambda: pulumi.export("user", pagerduty.get_user_output(email="a@example.com").id))


def test_two_recordings_know_nothing_of_each_other() -> None:
    first = record(lambda: pulumi.export("a", "1"), config={"legal-platform:a": "1"})
    second = record(lambda: pulumi.export("b", pulumi.Config("legal-platform").get("a")))
    assert (first.exports, second.exports) == ({"a": "1"}, {})


def test_a_programs_error_comes_through() -> None:
    def program() -> None:
        raise pulumi.RunError("the setting is wrong")

    with pytest.raises(pulumi.RunError, match=r"^the setting is wrong$"):
        record(program)


def test_a_recording_does_not_wait_for_what_others_left_on_another_loop() -> None:
    loop = asyncio.new_event_loop()
    left = loop.create_task(asyncio.sleep(3600))
    pulumi.runtime.settings.SETTINGS.outputs.add(left)
    assert record(lambda: None).exports == {}
    left.cancel()
    loop.run_until_complete(asyncio.gather(left, return_exceptions=True))
    loop.close()
