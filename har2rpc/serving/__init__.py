"""Serves actions as tools of the Model Context Protocol: what `convert -t mcp` writes, and an Odoo to send it to.

Only here mcp, anyio and jsonschema, an extra. Where a tool comes from is nothing that this room knows: it takes the document.
"""
