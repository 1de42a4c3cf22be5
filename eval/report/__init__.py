"""A run as JSON, Markdown, a self-contained HTML page and plain text."""
