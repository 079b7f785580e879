"""What a comparison tells of dashboards, widget by widget."""

from monitors.review.dashboards.changes import changes

__all__ = ["changes"]
