"""Generated code, run on a real Odoo 19 and compared with the recordings; `.ci/run` starts it."""
