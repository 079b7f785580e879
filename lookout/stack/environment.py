"""The surroundings in which Pulumi works on the sandbox, and what has to stand ready there."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from lookout import engine
from lookout.engine.lock import held
from lookout.engine.progress import Progress
from lookout.errors import CouldNotRun
from lookout.stack.account import Account
from lookout.stack.leftovers import end_orphaned_plugins, mend_state
from lookout.stack.locks import locks_in
from lookout.stack.places import CHECKOUT, PROJECT, Places
from lookout.stack.pulumi_cli import Pulumi
from monitors.spec import Stack

_STAND_INS = ("newrelic", "pagerduty")
_DEFAULT_STACK = "staging"


def sandbox_environment(folder: Path, stack_name: str = _DEFAULT_STACK) -> dict[str, str]:
    """Return the variables that make plain `pulumi` in a shell work on the folder's running sandbox.

    The stack is made and its settings are generated when they are not there yet. Raises `CouldNotRun`.
    """
    pulumi = sandbox_pulumi(folder, load_stack(stack_name))
    own = {name: value for name, value in pulumi.environment.items() if os.environ.get(name) != value}
    return dict(sorted(own.items()))


def sandbox_pulumi(folder: Path, stack: Stack) -> Pulumi:
    """Return a Pulumi that works on the folder's running sandbox, with the stack and its settings in place.

    Raises `CouldNotRun` when the sandbox does not run or the engine is missing.
    """
    from lookout.stack.sandbox_settings import SLACK_DESTINATION_ID, people, write_settings
    from sandbox import lifecycle

    sandbox = lifecycle.find(folder)
    if sandbox is None:
        raise CouldNotRun(f"the sandbox in {folder} does not run.", "Start it: `lookout sandbox start`.")
    places = Places(folder)
    # Two first runs at once would both make the stack.
    with held(folder / "state.lock", Progress.on(sys.stderr, redraw=False), "preparing this sandbox"):
        _prepare(places)
        found = engine.find()
        environment = _environment(found, places, stack.name, sandbox.url, sandbox.token)
        aside = Pulumi(found.bin_folder / "pulumi", environment, places.settings)
        if all(lock.is_stale for lock in locks_in(places.locks(stack.name))):
            end_orphaned_plugins(sandbox.url)
            mend_state(places.backend, places.checkpoint(stack.name))
        if not places.checkpoint(stack.name).exists():
            aside.read(["stack", "init", stack.name])
        write_settings(stack, places, sandbox, aside)
        Account(sandbox.url, sandbox.token).seed(people(stack), SLACK_DESTINATION_ID)
    chosen = {"PULUMI_OPTION_CONFIG_FILE": str(places.settings_file(stack.name))}
    return Pulumi(aside.program, {**environment, **chosen}, CHECKOUT)


def account_pulumi() -> Pulumi:
    """Return a Pulumi that works on real accounts, with this person's own login, plugins and settings."""
    found = engine.find()
    return Pulumi(found.bin_folder / "pulumi", engine.environment(found, os.environ), CHECKOUT)


def load_stack(name: str) -> Stack:
    """Return the specs of one stack. Raises `CouldNotRun` for an unknown name or a spec that is wrong."""
    from monitors.spec import SpecError

    try:
        from monitors import catalog  # a spec that is wrong shows on import

        return catalog.stack(name)
    except SpecError as error:
        raise CouldNotRun(str(error)) from error


def _environment(found: engine.Engine, places: Places, stack: str, url: str, token: str) -> dict[str, str]:
    return {
        **engine.environment(found, _without_accounts(os.environ)),
        "PULUMI_HOME": str(places.home),
        "PULUMI_BACKEND_URL": f"file://{places.backend}",
        "PULUMI_CONFIG_PASSPHRASE_FILE": str(places.passphrase),
        "PULUMI_STACK": stack,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "LOOKOUT_SANDBOX_URL": url,
        "LOOKOUT_SANDBOX_TOKEN": token,
        "RENDER_API_URL": f"{url}/render/v1",
        "RENDER_API_KEY": token,
    }


def _without_accounts(environment: Mapping[str, str]) -> dict[str, str]:
    """Leave out whatever would lead a run for the sandbox to a real account or to other state."""
    foreign = ("PULUMI_", "NEW_RELIC_", "NEWRELIC_", "PAGERDUTY_", "RENDER_")
    return {name: value for name, value in environment.items() if not name.startswith(foreign)}


def _prepare(places: Places) -> None:
    """Make folders, passphrase, a project for Pulumi to write its settings to, and the stand-in plugins' places."""
    places.make()
    if not places.passphrase.exists():
        descriptor = os.open(places.passphrase, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(32))
    (places.settings / "Pulumi.yaml").write_text(f"name: {PROJECT}\nruntime: python\n", encoding="utf-8")
    for vendor in _STAND_INS:
        _install_stand_in(places, vendor)


def _install_stand_in(places: Places, vendor: str) -> None:
    """Put a stand-in where Pulumi looks for the plugin of the installed SDK's version."""
    from importlib.metadata import version

    program = f"pulumi-resource-{vendor}"
    installed = places.home / "plugins" / f"resource-{vendor}-v{version(f'pulumi-{vendor}')}" / program
    ours = CHECKOUT / "sandbox" / "plugins" / "bin" / program
    if installed.is_symlink() and installed.readlink() == ours:
        return
    installed.parent.mkdir(parents=True, exist_ok=True)
    installed.unlink(missing_ok=True)
    installed.symlink_to(ours)
