"""Turns actions into text: the only room that knows templates.

`target_text.py` renders them; `targets.py`, which lists them, does not need Jinja.
"""
