"""The committed manifests are what the specs give, readable, and without a secret."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from infra import manifest
from infra.manifest import example_settings, main, stale, write
from monitors import catalog

MANIFESTS = Path(manifest.__file__).parent / "manifests"
everywhere = pytest.mark.parametrize("stack", catalog.STACKS)


def test_the_committed_manifests_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "infra.manifest", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@everywhere
def test_a_manifest_is_the_same_every_time(stack: str) -> None:
    assert manifest.manifest(stack) == manifest.manifest(stack)


@everywhere
def test_a_manifest_holds_no_secret_in_clear(stack: str) -> None:
    config, secret_keys = example_settings(catalog.stack(stack))
    text = (MANIFESTS / f"{stack}.yaml").read_text(encoding="utf-8")
    assert "'[secret]'" in text
    assert [name for name in secret_keys if config[name] in text] == []


@everywhere
def test_a_manifest_tells_in_its_first_line_how_it_is_made(stack: str) -> None:
    first = (MANIFESTS / f"{stack}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(f"# Everything the stack {stack} provisions")
    assert first.endswith("run `python -m infra.manifest`.")


@everywhere
def test_a_manifest_is_ordered_by_type_name_and_parent_with_each_once(stack: str) -> None:
    resources = yaml.safe_load((MANIFESTS / f"{stack}.yaml").read_text(encoding="utf-8"))["resources"]
    places = [(one["type"], one["name"], one.get("parent", "")) for one in resources]
    assert places == sorted(places)
    assert len(places) == len(set(places))


def test_a_missing_and_a_changed_manifest_are_stale(tmp_path: Path) -> None:
    write(tmp_path)
    assert list(stale(tmp_path)) == []
    changed = tmp_path / "prod.yaml"
    changed.write_text(changed.read_text(encoding="utf-8").replace("critical", "warning"), encoding="utf-8")
    (tmp_path / "staging.yaml").unlink()
    assert list(stale(tmp_path)) == ["staging.yaml", "prod.yaml"]


def test_the_check_names_what_is_stale_and_the_command_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(manifest.stale, "__defaults__", (tmp_path,))
    assert main(["--check"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("infra/manifests/staging.yaml is not what the specs give. Run `python -m infra.manifest`")
    assert len(told) == len(catalog.STACKS)


def test_an_unknown_argument_is_refused_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--chek"]) == 2
    assert capsys.readouterr().err == "usage: python -m infra.manifest [--check]\n"
