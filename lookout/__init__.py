"""The command line: one small file per verb, and the set-up that makes it run on a fresh machine.

Standard library only here, and syntax an old Python can read: `python3 -m lookout.bootstrap` passes through this file
before anything is installed.
"""
