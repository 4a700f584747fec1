"""JavaScript, as Prettier leaves it with lines of 100."""
