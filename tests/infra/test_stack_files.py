"""The committed stack files hold every setting, the same in both, and no secret."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.setting_values import UNSET
from infra.settings import INFRA_SETTINGS, PROJECT, PROVIDER_SECRETS
from monitors import catalog

CHECKOUT = Path(__file__).resolve().parents[2]
everywhere = pytest.mark.parametrize("stack", catalog.STACKS)
DECLARED = {one.name: one for name in catalog.STACKS for one in (*catalog.stack(name).settings, *INFRA_SETTINGS)}
SECRETS = {*PROVIDER_SECRETS, *(f"{PROJECT}:{one.name}" for one in DECLARED.values() if one.secret)}


def text_of(stack: str) -> str:
    return (CHECKOUT / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8")


def config_of(stack: str) -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load(text_of(stack))["config"]
    return config


@everywhere
def test_a_stack_file_has_every_plain_setting_of_every_stack_and_no_other(stack: str) -> None:
    plain = {f"{PROJECT}:{one.name}" for one in DECLARED.values() if not one.secret}
    assert set(config_of(stack)) - SECRETS == {*plain, "newrelic:accountId", "newrelic:region"}


@everywhere
def test_a_stack_file_tells_the_command_for_every_secret_and_for_nothing_else(stack: str) -> None:
    told = re.findall(rf"^#   pulumi config set --stack {stack} --secret (\S+) ", text_of(stack), re.MULTILINE)
    assert set(told) == SECRETS
    assert len(told) == len(SECRETS)


@everywhere
def test_a_secret_in_a_stack_file_is_encrypted(stack: str) -> None:
    held = {name: value for name, value in config_of(stack).items() if name in SECRETS}
    assert [name for name, value in held.items() if set(value) != {"secure"}] == []


@everywhere
def test_a_stack_file_names_every_user_of_the_specs(stack: str) -> None:
    users = {user.key for user in catalog.stack(stack).response.users}
    assert set(config_of(stack)[f"{PROJECT}:pagerDutyUserIds"]) == users


@everywhere
def test_every_setting_of_a_stack_file_is_explained(stack: str) -> None:
    lines = text_of(stack).splitlines()
    blocks = "\n".join(lines[lines.index("config:") + 1 :]).split("\n\n")
    assert [block for block in blocks if not block.lstrip().startswith("# ")] == []


def test_both_stack_files_have_the_same_keys_in_the_same_order() -> None:
    staging, prod = (list(config_of(name)) for name in catalog.STACKS)
    assert [name for name in staging if name not in SECRETS] == [name for name in prod if name not in SECRETS]


def test_what_belongs_to_an_account_is_left_to_be_set() -> None:
    account = ("newrelic:accountId", f"{PROJECT}:renderOwnerId", f"{PROJECT}:slackDestinationId")
    held = [config_of(stack)[name] for stack in catalog.STACKS for name in account]
    assert [value for value in held if value != UNSET] == []


def test_the_project_file_says_where_the_program_and_the_render_provider_are() -> None:
    project = yaml.safe_load((CHECKOUT / "Pulumi.yaml").read_text(encoding="utf-8"))
    assert (project["name"], project["main"]) == (PROJECT, "infra")
    assert (CHECKOUT / project["main"] / "__main__.py").is_file()
    (render,) = project["plugins"]["providers"]
    assert render["name"] == "render"
    assert (CHECKOUT / render["path"] / "pulumi-resource-render").is_file()
