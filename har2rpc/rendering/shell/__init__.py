"""Bash, as shellcheck wants it."""
