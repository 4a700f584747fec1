"""Serves actions as tools of the Model Context Protocol: takes the document of `convert -t mcp`, and sends calls to an Odoo.

Only this room imports mcp, anyio and jsonschema (an extra). It does not know where a document comes from.
"""
