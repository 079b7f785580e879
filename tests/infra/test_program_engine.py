"""What a person is told by the real engine when the program cannot begin."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.settings import PROJECT
from lookout import engine

pytestmark = pytest.mark.engine

CHECKOUT = Path(__file__).resolve().parents[2]
Preview = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    """Previews a stack of this checkout with a copy of staging's stack file and state of the test's own."""
    found = engine.find()
    environment = {
        **engine.environment(
            found, {name: value for name, value in os.environ.items() if not name.startswith("PULUMI_")}
        ),
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_BACKEND_URL": f"file://{tmp_path}",
        "PULUMI_CONFIG_PASSPHRASE": "of this test",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    }

    def run(words: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(found.bin_folder / "pulumi"), *words, "--non-interactive"],
            cwd=folder,
            env={**environment, **more},
            capture_output=True,
            text=True,
            check=False,
        )

    def previewed(stack: str) -> subprocess.CompletedProcess[str]:
        # The stack is made from a folder beside the checkout: making it writes to the stack file.
        aside = tmp_path / "aside"
        aside.mkdir()
        (aside / "Pulumi.yaml").write_text(f"name: {PROJECT}\nruntime: python\n", encoding="utf-8")
        settings = shutil.copy(CHECKOUT / "Pulumi.staging.yaml", aside / f"Pulumi.{stack}.yaml")
        made = run(["stack", "init", stack], aside)
        assert made.returncode == 0, made.stderr
        return run(["preview", "--stack", stack], CHECKOUT, PULUMI_OPTION_CONFIG_FILE=str(settings))

    return previewed


def test_a_first_preview_lists_every_setting_with_its_command_and_shows_no_traceback(preview: Preview) -> None:
    done = preview("staging")
    told = done.stdout + done.stderr
    assert done.returncode != 0
    assert "Traceback" not in told
    assert "newrelic:accountId is not set." in told
    assert "pulumi config set --stack staging newrelic:accountId '<number>'" in told
    assert "pulumi config set --stack staging --secret render:apiKey" in told


def test_a_stack_that_the_catalogue_has_not_is_refused_with_those_it_has(preview: Preview) -> None:
    done = preview("dev")
    told = done.stdout + done.stderr
    assert done.returncode != 0
    assert "Traceback" not in told
    assert 'there is no stack "dev"; the catalogue has staging and prod.' in told
