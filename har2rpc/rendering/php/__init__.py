"""PHP, as PER Coding Style wants it, with lines of 100."""
