"""YAML: block collections, scripts as they are, and all other texts quoted as in JSON."""
