"""What people read: Markdown and plain text."""
