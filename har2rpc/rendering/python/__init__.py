"""Python, as black leaves it."""
