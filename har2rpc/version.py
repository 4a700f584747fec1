"""The version of har2rpc, in one place: the package's metadata, `--version` and what is recorded take it from here."""

__version__ = "0.1.0"
