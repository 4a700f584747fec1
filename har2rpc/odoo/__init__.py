"""What har2rpc knows about Odoo: tables and small pure functions. No files except its own data, no sockets, no templates."""
