"""JSON, and what other languages put into its strings."""
