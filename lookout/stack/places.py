"""Where a sandbox keeps what Pulumi needs: everything below one folder, which `lookout sandbox reset` empties."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PROJECT = "legal-platform"


@dataclass(frozen=True)
class Places:
    """The files of one sandbox's Pulumi; `folder` is the sandbox's own."""

    folder: Path

    @property
    def _state(self) -> Path:
        return self.folder / "state"

    @property
    def backend(self) -> Path:
        """The folder of Pulumi's file backend."""
        return self._state / "backend"

    @property
    def home(self) -> Path:
        """Pulumi's home: the stand-in plugins are installed here and nowhere else, so no real account meets them."""
        return self._state / "pulumi-home"

    @property
    def passphrase(self) -> Path:
        """The file with the passphrase that this sandbox's secrets are encrypted with."""
        return self._state / "passphrase"

    @property
    def settings(self) -> Path:
        """A folder that Pulumi takes for the project, so that what it writes lands here and not in the checkout."""
        return self._state / "settings"

    def settings_file(self, stack: str) -> Path:
        """The generated stack file that stands in for the committed one."""
        return self.settings / f"Pulumi.{stack}.yaml"

    def checkpoint(self, stack: str) -> Path:
        """The stack's state, as Pulumi's file backend names it."""
        return self.backend / ".pulumi" / "stacks" / PROJECT / f"{stack}.json"

    def locks(self, stack: str) -> Path:
        """The folder in which a running update puts its lock."""
        return self.backend / ".pulumi" / "locks" / "organization" / PROJECT / stack

    def make(self) -> None:
        """Make the folders, readable by this user only."""
        for folder in (self.folder, self._state, self.backend, self.home, self.settings):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
