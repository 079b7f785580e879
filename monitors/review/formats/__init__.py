"""A diff as people and programs read it: text, a comment in Markdown, a page, a document."""
