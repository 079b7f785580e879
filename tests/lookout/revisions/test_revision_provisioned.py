"""What a stack was last provisioned from is read from its state."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from infra.manifest import example_settings
from infra.program import provision
from infra.recording import record
from lookout.errors import CouldNotRun
from lookout.revisions import provisioned
from lookout.revisions.revival import revive
from lookout.stack import operations
from lookout.stack.pulumi_cli import Pulumi
from monitors import catalog
from monitors.spec.written import packed


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the file whose text a Pulumi of the test's own prints for the outputs; its arguments are beside it."""
    program, outputs = tmp_path / "pulumi", tmp_path / "outputs"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\nexec cat {outputs}\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(operations, "prepare", lambda operation, say: Pulumi(program, {"PATH": "/bin"}, tmp_path))
    return outputs


def refusal(in_sandbox: bool) -> str:
    with pytest.raises(CouldNotRun) as fault:
        provisioned.read("prod", in_sandbox=in_sandbox)
    return str(fault.value)


def test_the_specs_among_the_outputs_are_those_of_the_stack(state: Path) -> None:
    state.write_text(json.dumps({"specs": packed(catalog.stack("prod")), "tags": {}}), encoding="utf-8")
    found = provisioned.read("prod", in_sandbox=True)
    assert str(found) == "what is provisioned in prod"
    assert revive(found.document, "it").stacks == {"prod": catalog.stack("prod")}
    arguments = (state.parent / "arguments").read_text(encoding="utf-8").split()
    assert arguments[:2] == ["stack", "output"]
    assert {"--json", "--show-secrets", "--stack", "prod"} < set(arguments)


def test_a_state_that_does_not_know_its_specs_is_told_with_the_run_that_mends_it(state: Path) -> None:
    state.write_text("{}", encoding="utf-8")
    assert refusal(in_sandbox=True) == (
        "the state of prod does not say which specs it was provisioned from.\n"
        "Run `lookout up --stack prod --sandbox` once; from then on the state knows its specs."
    )
    assert "`lookout up --stack prod` once" in refusal(in_sandbox=False)


def test_specs_of_a_state_that_cannot_be_read_are_told(state: Path) -> None:
    state.write_text(json.dumps({"specs": "nonsense"}), encoding="utf-8")
    assert refusal(in_sandbox=False).startswith("the specs in the state of prod cannot be read: ")


@pytest.mark.parametrize("stack", catalog.STACKS)
def test_the_program_exports_the_specs_without_printing_them(stack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import pulumi

    exported: dict[str, Any] = {}
    export = pulumi.export
    monkeypatch.setattr(pulumi, "export", lambda name, value: (exported.update({name: value}), export(name, value))[1])
    config, secret_keys = example_settings(catalog.stack(stack))
    found = record(lambda: provision(stack), stack=stack, config=config, secret_keys=secret_keys)
    assert found.exports[provisioned.OUTPUT] == "[secret]"
    assert isinstance(exported[provisioned.OUTPUT], pulumi.Output)
