"""The loopback server of the tests of generated code, for tools as well."""

from __future__ import annotations

from generated.conftest import stage  # noqa: F401
