"""What `lookout render` does: finds the data, draws the dashboards, and writes the files."""
