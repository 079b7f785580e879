"""The specs of a git revision, or of the working tree, as stacks of today's vocabulary."""
