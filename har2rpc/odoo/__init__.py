"""What har2rpc knows of Odoo: tables and small pure functions, no file, no socket, no template."""
