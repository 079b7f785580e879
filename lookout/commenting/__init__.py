"""Puts a diff where people read it on GitHub: one comment on a pull request, or one issue, edited in place."""
