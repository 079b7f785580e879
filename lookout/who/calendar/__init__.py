"""Who is on call for the next weeks, what is open, and how the load is shared: as text, data, picture and page."""
