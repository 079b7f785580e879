"""What people read of the commonest edits of hosting and settings, word by word."""

from __future__ import annotations

from hosted_stacks import (
    AI_NAME,
    NEW_SETTING,
    TAKES_OVER,
    WEB_NAME,
    ai,
    cache,
    changes,
    database,
    group_called,
    platform,
    set_in_group,
    the_change,
    told,
    variables_of,
    web,
)
from reviewed_stacks import PROD, texts

from monitors.review.changes import Area, Change, Danger, Operation
from monitors.spec import Autoscaling, EnvironmentGroup, Postgres, SettingKind, Stack

WEB = PROD.platform.web_services[0]


def scaled(least: int, most: int, cpu: int | None = 70, memory: int | None = 80) -> Autoscaling:
    return Autoscaling(least=least, most=most, cpu_percent=cpu, memory_percent=memory)


def test_one_more_instance_is_told_as_capacity_and_as_money() -> None:
    found = the_change(web(instances=3, autoscaling=scaled(3, 10)))
    assert found.headline == (
        f'"{WEB_NAME}" keeps at least 3 instances, before 2: 50 % more capacity when it is quiet.'
    )
    assert texts(found)["monthly cost"] == (
        "It costs 75 to 250 USD a month, before 50 to 250 USD a month: traffic is charged beside it."
    )
    assert found.fields == ("instances", "autoscaling.least")
    assert found.danger is Danger.MEDIUM
    assert "restart" not in texts(found)


def test_a_lower_ceiling_is_told_as_capacity_at_the_busiest() -> None:
    found = the_change(web(autoscaling=scaled(2, 6)))
    assert found.headline == (
        f'"{WEB_NAME}" grows to 6 instances at most, before 10: 40 % less capacity when it is busiest.'
    )
    assert (found.danger, found.facts[0].before, found.facts[0].after) == (Danger.MEDIUM, "10", "6")


def test_no_autoscaling_any_more_is_dangerous() -> None:
    found = the_change(web(autoscaling=None))
    assert found.danger is Danger.HIGH
    assert found.headline == (
        f'"{WEB_NAME}" does not scale by itself any more, before between 2 and 10: it stays at 2 instances, however '
        "many requests come."
    )
    assert texts(found)["monthly cost"].startswith("It costs 50 USD a month, before 50 to 250 USD a month")


def test_a_variable_of_a_group_names_both_values_and_who_restarts() -> None:
    found = the_change(set_in_group("telemetry", LOG_LEVEL="debug"))
    assert found.headline == '"legal-platform-telemetry" has LOG_LEVEL set to "debug", before "info".'
    assert texts(found)["restart"] == (
        f'It restarts "{WEB_NAME}" and "{AI_NAME}", by one deploy each, however many variables differ: {TAKES_OVER}.'
    )
    assert found.danger is Danger.LOW


def test_a_new_variable_from_a_setting_names_the_setting_and_what_to_run_first() -> None:
    service, setting = changes(web(variables=variables_of(WEB, MAIL_KEY=NEW_SETTING)))
    assert service.headline == f'"{WEB_NAME}" has the new variable MAIL_KEY, from the setting "mailKey".'
    assert texts(service)["restart"] == f"It restarts by one deploy, whatever differs: {TAKES_OVER}."
    assert (setting.subject, setting.area, setting.operation) == ("setting/mailKey", Area.SETTINGS, Operation.ADDED)
    assert setting.headline == 'Setting "mailKey" is new and has to be set before the next up.'
    assert texts(setting)["command"] == (
        "Set it in each stack that needs it: pulumi config set --secret --stack prod mailKey, which asks for the "
        "value: provisioning refuses the stack until that is done."
    )


def test_a_setting_in_clear_is_set_with_a_value() -> None:
    plain = NEW_SETTING.model_copy(update={"name": "mailHost", "secret": False})
    _, setting = changes(web(variables=variables_of(WEB, MAIL_HOST=plain)))
    assert "pulumi config set --stack prod mailHost <text>" in texts(setting)["command"]


def test_a_setting_that_nothing_reads_any_more_is_to_be_taken_out() -> None:
    service, setting = changes(web(variables=variables_of(WEB, ROLLBACK_TOKEN=None)), _own_setting())
    assert service.headline == f'"{WEB_NAME}" has no variable OWN_KEY any more, before from the setting "mailKey".'
    assert setting.headline == 'Setting "mailKey" is not used by prod any more.'
    assert texts(setting)["command"] == (
        "Where no other stack uses it either, take it out with: pulumi config rm --stack prod mailKey: provisioning "
        "refuses a key that nothing reads."
    )


def _own_setting() -> Stack:
    return web(variables=variables_of(WEB, ROLLBACK_TOKEN=None, OWN_KEY=NEW_SETTING))


def test_a_setting_that_became_secret_is_to_be_replaced_at_its_vendor() -> None:
    plain = NEW_SETTING.model_copy(update={"secret": False, "kind": SettingKind.TEXT})
    before = web(variables=variables_of(WEB, MAIL_ADDRESS=plain))
    after = web(variables=variables_of(WEB, MAIL_ADDRESS=NEW_SETTING))
    setting = next(one for one in changes(after, before) if one.subject == "setting/mailKey")
    assert setting.headline == (
        'Setting "mailKey" is a secret from now on: its value stands in clear in the stack file and in git\'s history, '
        "so replace it at its vendor first, then set the new one, encrypted: pulumi config set --secret --stack prod "
        "mailKey."
    )


def test_a_larger_disk_tells_that_it_never_shrinks_and_what_it_costs() -> None:
    found = the_change(database(disk_gigabytes=50))
    assert found.headline == (
        '"legal-platform-postgres" has a disk of 50 GB, before 25 GB: it never shrinks again, and cannot grow again '
        "for 12 h; nothing restarts."
    )
    assert texts(found)["monthly cost"] == "It costs 34 USD a month, before 26.50 USD a month."


def test_a_smaller_disk_is_refused() -> None:
    found = the_change(database(disk_gigabytes=20))
    assert found.danger is Danger.HIGH
    assert "a disk at Render only grows, and provisioning refuses it" in found.headline


def test_another_version_of_the_database_loses_everything() -> None:
    found = the_change_of_database(database(version="17"))
    assert found.danger is Danger.HIGH
    assert found.headline == (
        '"legal-platform-postgres" is Postgres 17, before 16: Render cannot change that: an empty one takes its place, '
        "and all data and backups are lost; it is protected, so provisioning refuses this until somebody takes the "
        "protection off by hand."
    )


def the_change_of_database(after: Stack) -> Change:
    return next(one for one in changes(after) if one.subject == "store/postgres")


def test_who_restarts_for_the_address_of_another_database_is_told_of_the_group_that_holds_it() -> None:
    found = next(one for one in changes(database(version="17")) if one.subject == "environment-group/stores")
    assert found.headline == (
        '"legal-platform-stores" is given another value for DATABASE_URL, the address of the store "postgres", which '
        "is made anew."
    )
    assert f'It restarts "{WEB_NAME}" and "{AI_NAME}"' in texts(found)["restart"]


def test_a_larger_plan_of_a_service_tells_its_memory_and_its_price() -> None:
    found = the_change(ai(plan="pro"))
    assert found.headline == (
        f'"{AI_NAME}" runs on the plan pro (4 GB of memory, 2 CPU), before standard (2 GB of memory, 1 CPU).'
    )
    assert texts(found)["monthly cost"] == "It costs 85 USD a month, before 25 USD a month."
    assert found.danger is Danger.MEDIUM


def test_another_health_check_path_tells_what_an_instance_that_does_not_answer_comes_to() -> None:
    found = the_change(web(health_check_path="/ready"))
    assert found.headline == (
        f'"{WEB_NAME}" is asked for its health at /ready, before at /health: an instance that does not answer there '
        "gets no requests after 15 s and is restarted after 60 s, and a deploy none of whose instances does is called "
        "off after 15 min."
    )


def test_a_smaller_plan_of_the_cache_is_refused_and_a_free_one_loses_its_data() -> None:
    larger = cache(plan="standard")
    assert "provisioning refuses it" in the_change(cache(larger, plan="starter"), larger).headline
    free = cache(plan="free")
    assert "its data is lost" in the_change(cache(free, plan="starter"), free).headline


def test_a_database_with_a_standby_costs_what_is_not_known_here() -> None:
    large = database(plan="pro_4gb")
    found = the_change(database(large, high_availability=True), large)
    assert texts(found)["monthly cost"] == (
        "It costs 62.50 USD a month without the standby, whose price is not known here, before 62.50 USD a month."
    )


def test_a_service_that_is_gone_stops() -> None:
    found = next(one for one in changes(platform(web_services=())) if one.subject == "render-service/web")
    assert (found.operation, found.danger) == (Operation.REMOVED, Danger.HIGH)
    assert found.headline == f'"{WEB_NAME}" is gone: it stops, and whatever asks it is not answered.'


def test_a_stream_that_is_gone_leaves_alerts_without_logs() -> None:
    found = next(one for one in changes(platform(log_streams=())) if one.subject == "log-stream/logs")
    assert found.danger is Danger.HIGH
    assert found.headline == (
        '"logs" is gone: the logs of the whole Render workspace are sent nowhere any more, and alerts and dashboards '
        "that read them see nothing."
    )


def test_another_tag_is_told_with_what_was_added_by_hand() -> None:
    found = the_change(PROD.model_copy(update={"tags": {**PROD.tags, "team": "law"}}))
    assert found.headline == (
        'Tags of the stack have team "law", before "ai": whoever searches by it finds nothing under the old value.'
    )
    assert found.fields == ("tags[team]",)


def test_another_project_name_changes_nothing_in_it() -> None:
    found = the_change(platform(project="Law"))
    assert (found.subject, found.danger, found.fields) == ("project/project", Danger.HARMLESS, ("project",))


def test_a_service_that_uses_a_group_no_more_has_its_variables_no_more() -> None:
    found = the_change(web(groups=tuple(one for one in WEB.groups if one != "incidents")))
    assert found.headline == f'"{WEB_NAME}" has no variables of the environment group "incidents" any more.'
    assert found.danger is Danger.MEDIUM


def test_a_group_that_nobody_uses_restarts_nothing() -> None:
    unused = EnvironmentGroup(key="unused", name="unused", variables=())
    before = platform(groups=(*PROD.platform.groups, unused))
    found = the_change(set_in_group("unused", before, SPARE="1"), before)
    assert texts(found)["restart"] == "It is used by no service: nothing restarts."


def test_a_store_that_becomes_one_of_another_kind_is_gone_and_new() -> None:
    other = Postgres(
        key="cache", name="legal-platform-cache", plan="basic_1gb", version="16", region="oregon", disk_gigabytes=5,
        database="cache", user="cache",
    )  # fmt: skip
    found = changes(platform(key_values=(), postgres=(*PROD.platform.postgres, other)))
    of_store = {one.operation for one in found if one.subject == "store/cache"}
    assert of_store == {Operation.ADDED, Operation.REMOVED}
    assert group_called("stores").variables
    assert all(told(one) for one in found)
