"""Runs Pulumi's own installer: `python -m lookout.engine.installer FOLDER` installs into FOLDER/bin.

A process of its own, so that an installer that hangs can be stopped, and so that nothing else of the engine's set-up
imports the SDK.
"""

import sys

from pulumi.automation import PulumiCommand

if __name__ == "__main__":
    PulumiCommand.install(root=sys.argv[1])
