"""Credentials that stood in a body: never a literal, always an input that is read from the environment."""

from __future__ import annotations

from har2rpc.converting.draft import Inputs
from har2rpc.model import Value
from har2rpc.odoo import english, secret_fields


def without_secrets(value: Value, inputs: Inputs) -> Value:
    """Every masked credential becomes an input of its own, read from the environment."""
    if value == secret_fields.MASK:
        return inputs.add("password", label="Password", type="secret", example=None, why="a secret")
    if isinstance(value, dict):
        return {key: _secret_under(key, item, inputs) for key, item in value.items()}
    if isinstance(value, list):
        return [without_secrets(item, inputs) for item in value]
    return value


def _secret_under(key: str, value: Value, inputs: Inputs) -> Value:
    if value == secret_fields.MASK:
        return inputs.add(
            key, label=english.label_of(key), type="secret", example=None, why="a secret"
        )
    return without_secrets(value, inputs)
